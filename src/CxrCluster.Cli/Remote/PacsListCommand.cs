using System.CommandLine;
using CxrCluster.Cli.Terminal;
using CxrCluster.Gateway.Pacs;

namespace CxrCluster.Cli.Remote;

/// <summary>`cxr pacs list`.</summary>
internal sealed class PacsListCommand(CliContext context)
    : ClusterCommand(context, "list", "Lists the hospitals' PACSs and how far they are.", "cxr pacs list")
{
    /// <inheritdoc />
    protected override async Task<int> RunAsync(
        ClusterClient cluster,
        ParseResult parsed,
        CancellationToken cancellationToken
    )
    {
        List<PacsView> sources = await cluster.GetAsync<List<PacsView>>("pacs", cancellationToken);
        if (WantsJson(parsed))
            sources.ForEach(Terminal.ResultJson);
        else if (sources.Count == 0)
            Terminal.Note("No hospital has a PACS here yet: add one with 'cxr pacs add'.");
        else
            PacsTable.Write(Terminal, sources);
        return ExitCodes.Done;
    }
}
