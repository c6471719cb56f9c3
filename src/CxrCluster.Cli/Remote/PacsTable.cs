using System.CommandLine;
using CxrCluster.Cli.Terminal;
using CxrCluster.Contracts.Identity;
using CxrCluster.Gateway.Pacs;
using Spectre.Console;

namespace CxrCluster.Cli.Remote;

/// <summary>What the commands about PACSs share.</summary>
internal static class PacsTable
{
    private static readonly string[] States = ["seen", "fetched", "scored", "excluded", "failed", "parked"];

    /// <summary>HOSPITAL.</summary>
    public static Argument<string> Hospital() => new("HOSPITAL") { Description = "The hospital." };

    /// <summary>HOSPITAL..., all by default.</summary>
    public static Argument<string[]> Hospitals() =>
        new("HOSPITAL")
        {
            Description = "The hospitals; all that have a PACS by default.",
            Arity = ArgumentArity.ZeroOrMore,
        };

    /// <exception cref="CommandException">It is no hospital id.</exception>
    public static HospitalId HospitalOf(string text) =>
        HospitalId.TryParse(text, null, out HospitalId hospital)
            ? hospital
            : throw CommandException.WrongUsage(
                $"'{text}' is not a valid hospital id: use 1 to 32 of a-z, 0-9 and -, starting with a letter or digit."
            );

    /// <summary>Those given, or all.</summary>
    public static async Task<IReadOnlyList<string>> OrAllAsync(
        ClusterClient cluster,
        string[]? given,
        CancellationToken cancellationToken
    ) =>
        given is { Length: > 0 }
            ? given
            : [.. (await cluster.GetAsync<List<PacsView>>("pacs", cancellationToken)).Select(s => s.Hospital.Value)];

    /// <summary>A line per PACS, and one per fault.</summary>
    public static void Write(CliTerminal terminal, IReadOnlyList<PacsView> sources)
    {
        Table table = CliTable.WithColumns(["hospital", "address", "looked through (UTC)", .. States]);
        foreach (PacsView source in sources)
            table.AddTextRow([
                source.Hospital.Value,
                source.Url,
                source.RecentAt is { } at ? $"{at.UtcDateTime:yyyy-MM-dd HH:mm:ss}" : "not yet",
                .. States.Select(s => $"{source.Instances.GetValueOrDefault(s)}"),
            ]);
        terminal.ResultTable(table);
        foreach (PacsView source in sources.Where(s => s.Fault is not null))
            terminal.Note(source.Fault!);
    }
}
