using System.CommandLine;
using CxrCluster.Cli.Terminal;
using CxrCluster.Gateway.Models;

namespace CxrCluster.Cli.Remote;

/// <summary>`cxr model list`.</summary>
internal sealed class ModelListCommand(CliContext context)
    : ClusterCommand(context, "list", "Lists the models of the cluster, newest first.", "cxr model list")
{
    /// <inheritdoc />
    protected override async Task<int> RunAsync(
        ClusterClient cluster,
        ParseResult parsed,
        CancellationToken cancellationToken
    )
    {
        List<ModelView> models = await cluster.GetAsync<List<ModelView>>("models", cancellationToken);
        if (WantsJson(parsed))
            models.ForEach(Terminal.ResultJson);
        else if (models.Count == 0)
            Terminal.Note("There are no models yet: send one with 'cxr model push'.");
        else
            ModelTable.Write(Terminal, models);
        return ExitCodes.Done;
    }
}
