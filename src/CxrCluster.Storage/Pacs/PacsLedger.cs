using CxrCluster.Contracts.Scoring;
using CxrCluster.Storage.Catalogue;
using CxrCluster.Storage.Catalogue.Rows;
using CxrCluster.Storage.Scores;
using Microsoft.EntityFrameworkCore;

namespace CxrCluster.Storage.Pacs;

/// <summary>Carries results into the ledger of the PACSs, in the transaction that records them: no image can have the one
/// without the other, whoever computed it.</summary>
internal static class PacsLedger
{
    /// <summary>Images that no PACS listed, and contents that are no longer the image's, are passed over.</summary>
    public static async Task FollowAsync(
        CatalogueContext context,
        IEnumerable<ScoreRecord> scores,
        CancellationToken cancellationToken
    )
    {
        foreach (
            IGrouping<string, ScoreRecord> group in scores
                .GroupBy(s => s.Instance.Hospital.Value)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
        )
        {
            string hospital = group.Key;
            Dictionary<string, ScoreRecord> byUid = group
                .GroupBy(s => s.Instance.Uid.Value, StringComparer.Ordinal)
                .ToDictionary(g => g.Key, g => g.Last(), StringComparer.Ordinal);
            string[] uids = [.. byUid.Keys];
            List<PacsInstanceRow> rows = await context
                .PacsInstances.Where(i => i.Hospital == hospital && uids.Contains(i.Uid))
                .Where(i => i.State != PacsInstanceState.Scored)
                .OrderBy(i => i.Uid)
                .ToListAsync(cancellationToken);
            foreach (PacsInstanceRow row in rows)
                if (
                    byUid[row.Uid] is var score
                    && score.Sha256 == row.Sha256
                    && (row.State != PacsInstanceState.Excluded || score.Score.Outcome != ImageOutcome.Failed)
                )
                    await SetAsync(context, row, score, cancellationToken);
        }
    }

    private static Task<int> SetAsync(
        CatalogueContext context,
        PacsInstanceRow row,
        ScoreRecord score,
        CancellationToken cancellationToken
    )
    {
        bool failed = score.Score.Outcome == ImageOutcome.Failed;
        int attempts = failed ? row.Attempts + 1 : 0;
        DateTimeOffset? next =
            failed && PacsRetries.MayPass(score.Score.Reason) ? PacsRetries.Next(attempts, score.ScoredAt) : null;
        PacsInstanceState state = score.Score.Outcome switch
        {
            ImageOutcome.Scored => PacsInstanceState.Scored,
            ImageOutcome.Excluded => PacsInstanceState.Excluded,
            _ => next is null ? PacsInstanceState.Parked : PacsInstanceState.Failed,
        };
        // The content is asked for again: somebody may have fetched another since the row was read.
        return context
            .PacsInstances.Where(i => i.Hospital == row.Hospital && i.Uid == row.Uid && i.Sha256 == score.Sha256)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(i => i.State, state)
                        .SetProperty(i => i.Attempts, attempts)
                        .SetProperty(i => i.NextAttempt, next)
                        .SetProperty(i => i.ReasonCode, score.Score.Reason == null ? null : score.Score.Reason.Code)
                        .SetProperty(i => i.ReasonText, score.Score.Reason == null ? null : score.Score.Reason.Text),
                cancellationToken
            );
    }
}
