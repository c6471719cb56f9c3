using Spectre.Console;

namespace CxrCluster.Cli.Terminal;

/// <summary>Plain tables: aligned columns without lines, that copy well.</summary>
internal static class CliTable
{
    /// <summary>An empty table with these heads.</summary>
    public static Table WithColumns(params string[] heads)
    {
        Table table = new Table().Border(TableBorder.None).Collapse();
        foreach (string head in heads)
            table.AddColumn(new TableColumn(new Markup($"[bold]{Markup.Escape(head)}[/]")).NoWrap().PadRight(2));
        return table;
    }

    /// <summary>A row of texts, none of which is taken for markup.</summary>
    public static void AddTextRow(this Table table, params string[] cells) =>
        table.AddRow(cells.Select(c => new Text(c)));
}
