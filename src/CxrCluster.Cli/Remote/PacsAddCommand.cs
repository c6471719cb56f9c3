using System.CommandLine;
using CxrCluster.Cli.Commands;
using CxrCluster.Cli.Terminal;
using CxrCluster.Contracts.Identity;
using CxrCluster.Gateway.Pacs;

namespace CxrCluster.Cli.Remote;

/// <summary>`cxr pacs add`.</summary>
internal sealed class PacsAddCommand : ClusterCommand
{
    private readonly Argument<string> _hospital = PacsTable.Hospital();
    private readonly Option<string> _address = Take.Required(
        "--dicomweb",
        "URL",
        "Root of the PACS's DICOMweb services."
    );
    private readonly Option<string?> _user = Take.Text("--user", "NAME", "User of basic authentication.");
    private readonly Option<string?> _password = Take.Text(
        "--password-from",
        "env:NAME|file:PATH",
        "Where the nodes find the password: a variable CXR_PACS_..., or a file in their folder of secrets."
    );
    private readonly Option<string?> _token = Take.Text(
        "--token-from",
        "env:NAME|file:PATH",
        "Where the nodes find a bearer token, instead of user and password."
    );
    private readonly Option<string?> _authority = Take.Text(
        "--ca",
        "FILE",
        "PEM file on the nodes with the authorities that may vouch for the server; those of the machine by default."
    );

    public PacsAddCommand(CliContext context)
        : base(
            context,
            "add",
            "Adds a hospital's PACS, or changes it. Secrets are named, never sent.",
            "cxr pacs add north --dicomweb https://pacs.north.example/dicom-web --user scorer --password-from env:CXR_PACS_NORTH"
        )
    {
        Add(_hospital);
        Add(_address);
        Add(_user);
        Add(_password);
        Add(_token);
        Add(_authority);
    }

    /// <inheritdoc />
    protected override async Task<int> RunAsync(
        ClusterClient cluster,
        ParseResult parsed,
        CancellationToken cancellationToken
    )
    {
        var request = new PacsRequest(
            PacsTable.HospitalOf(parsed.GetRequiredValue(_hospital)),
            parsed.GetRequiredValue(_address),
            parsed.GetValue(_user),
            parsed.GetValue(_password),
            parsed.GetValue(_token),
            parsed.GetValue(_authority)
        );
        PacsView added = await cluster.PostJsonAsync<PacsView>("pacs", request, cancellationToken);
        if (WantsJson(parsed))
            Terminal.ResultJson(added);
        else
            PacsTable.Write(Terminal, [added]);
        return ExitCodes.Done;
    }
}
