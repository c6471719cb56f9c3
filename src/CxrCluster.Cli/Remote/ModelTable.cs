using CxrCluster.Cli.Terminal;
using CxrCluster.Gateway.Models;
using Spectre.Console;

namespace CxrCluster.Cli.Remote;

/// <summary>Shows models.</summary>
internal static class ModelTable
{
    /// <summary>A line per model.</summary>
    public static void Write(CliTerminal terminal, IReadOnlyList<ModelView> models)
    {
        Table table = CliTable.WithColumns("model", "active", "registered (UTC)");
        foreach (ModelView model in models)
            table.AddTextRow(
                model.Id.ToString(),
                model.Active ? "active" : "",
                $"{model.RegisteredAt.UtcDateTime:yyyy-MM-dd HH:mm}"
            );
        terminal.ResultTable(table);
    }
}
