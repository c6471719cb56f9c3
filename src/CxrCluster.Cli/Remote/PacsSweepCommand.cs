using System.CommandLine;
using CxrCluster.Cli.Terminal;

namespace CxrCluster.Cli.Remote;

/// <summary>`cxr pacs sweep`.</summary>
internal sealed class PacsSweepCommand : ClusterCommand
{
    private readonly Argument<string[]> _hospitals = PacsTable.Hospitals();

    public PacsSweepCommand(CliContext context)
        : base(
            context,
            "sweep",
            "Has everything that PACSs hold looked through soon; what is new is fetched and scored.",
            "cxr pacs sweep north"
        ) => Add(_hospitals);

    /// <inheritdoc />
    protected override async Task<int> RunAsync(
        ClusterClient cluster,
        ParseResult parsed,
        CancellationToken cancellationToken
    )
    {
        foreach (string hospital in await PacsTable.OrAllAsync(cluster, parsed.GetValue(_hospitals), cancellationToken))
        {
            await cluster.PostAsync($"pacs/{Uri.EscapeDataString(hospital)}:sweep", cancellationToken);
            if (WantsJson(parsed))
                Terminal.ResultJson(new { Hospital = hospital, Sweeping = true });
            else
                Terminal.Result($"{hospital} is looked through");
        }
        return ExitCodes.Done;
    }
}
