using CxrCluster.Cli.Terminal;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Similarity;
using CxrCluster.Storage.Instances;
using Spectre.Console;

namespace CxrCluster.Cli.Scoring;

/// <summary>The nearest cases over all hospitals of a data folder.</summary>
internal static class SimilarCases
{
    /// <summary>A person at a terminal wants the whole answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Asks every hospital that has images; the image itself is left out.</summary>
    /// <param name="patient">Leave out this patient of the image's hospital; null for nobody.</param>
    /// <param name="filter">Which cases count; null for all.</param>
    public static async Task<SimilarReply> FindAsync(
        EmbeddedCluster cluster,
        ModelId model,
        ScoredInput scored,
        int k,
        string? patient,
        SimilarFilter? filter,
        CancellationToken cancellationToken
    )
    {
        var hospitals = await cluster.Get<IInstanceStore>().CountByHospitalAsync(cancellationToken);
        var query = new SimilarQuery(
            model,
            scored.Score.Embedding!,
            k,
            [.. hospitals.Keys],
            Reader: null,
            scored.Instance!.Id,
            patient is null ? null : (scored.Instance.Id.Hospital, patient),
            filter,
            Patience
        );
        return await cluster.Get<IGrainFactory>().GetGrain<ISimilarityGrain>(0).Find(query, cancellationToken);
    }

    /// <summary>Writes them, nearest first: a table, or a line of JSON each.</summary>
    public static void Write(CliTerminal terminal, IReadOnlyList<Neighbour> neighbours, bool json)
    {
        List<SimilarLine> lines = [.. neighbours.Select((n, i) => SimilarLine.Of(i + 1, n))];
        if (json)
        {
            lines.ForEach(terminal.ResultJson);
            return;
        }
        Table table = CliTable.WithColumns("rank", "hospital", "patient", "image", "distance", "probability", "label");
        foreach (SimilarLine line in lines)
            table.AddTextRow(
                $"{line.Rank}",
                line.Hospital,
                line.PatientId ?? "",
                line.Image,
                $"{line.Distance:0.0000}",
                $"{line.Probability:0.0000}",
                line.Label switch
                {
                    1 => "positive",
                    0 => "negative",
                    _ => "unknown",
                }
            );
        terminal.ResultTable(table);
    }
}
