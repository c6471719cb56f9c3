using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Storage.Catalogue;
using CxrCluster.Storage.Catalogue.Rows;
using CxrCluster.Storage.Pacs;
using CxrCluster.Storage.WriteBacks;

namespace CxrCluster.Storage.Scores;

/// <summary>The one place where results are written: a Scored row never changes, any other gives way to a later result.</summary>
internal static class ScoreWriter
{
    private const string UnlessScored = """
        on conflict (model, hospital, uid, sha256) do update set
            outcome = excluded.outcome,
            reason_code = excluded.reason_code,
            reason_text = excluded.reason_text,
            probability = excluded.probability,
            rank = excluded.rank,
            threshold = excluded.threshold,
            lung_fraction = excluded.lung_fraction,
            embedding = excluded.embedding,
            milliseconds = excluded.milliseconds,
            scored_at = excluded.scored_at
        where score.outcome <> 'Scored'
        """;

    /// <summary>Writes the results, in their order where several are about the same.</summary>
    public static async Task RecordAsync(
        this CatalogueContext context,
        IEnumerable<ScoreRecord> scores,
        CancellationToken cancellationToken
    )
    {
        ScoreRecord[] prevailing = [.. scores.GroupBy(Key).OrderBy(g => g.Key).Select(g => g.Aggregate(Prevailing))];
        await context.InsertAsync([.. prevailing.Select(ScoreRow.From)], UnlessScored, cancellationToken);
        await WriteBackOutbox.NoteAsync(context, prevailing, cancellationToken);
        await PacsLedger.FollowAsync(context, prevailing, cancellationToken);
    }

    private static (ModelId, InstanceId, string) Key(ScoreRecord score) => (score.Model, score.Instance, score.Sha256);

    private static ScoreRecord Prevailing(ScoreRecord earlier, ScoreRecord later) =>
        earlier.Score.Outcome == ImageOutcome.Scored ? earlier : later;
}
