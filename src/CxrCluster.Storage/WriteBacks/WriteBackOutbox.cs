using CxrCluster.Contracts.Scoring;
using CxrCluster.Storage.Catalogue;
using CxrCluster.Storage.Catalogue.Rows;
using CxrCluster.Storage.Scores;
using Microsoft.EntityFrameworkCore;

namespace CxrCluster.Storage.WriteBacks;

/// <summary>Notes results for their reports, in the transaction that records them.</summary>
internal static class WriteBackOutbox
{
    /// <summary>Adds a row for each scored result of a hospital that is not Off; one that has its row keeps it.</summary>
    public static async Task NoteAsync(
        CatalogueContext context,
        IReadOnlyList<ScoreRecord> scores,
        CancellationToken cancellationToken
    )
    {
        string[] hospitals = [.. scores.Select(s => s.Instance.Hospital.Value).Distinct(StringComparer.Ordinal)];
        Dictionary<string, WriteBackMode> modes = await context
            .WriteBackModes.Where(m => hospitals.Contains(m.Hospital) && m.Mode != WriteBackMode.Off)
            .ToDictionaryAsync(m => m.Hospital, m => m.Mode, StringComparer.Ordinal, cancellationToken);
        if (modes.Count == 0)
            return;
        WriteBackRow[] rows =
        [
            .. scores
                .Where(s => s.Score.Outcome == ImageOutcome.Scored && modes.ContainsKey(s.Instance.Hospital.Value))
                .Select(s => new WriteBackRow
                {
                    Model = s.Model.ToString(),
                    Hospital = s.Instance.Hospital.Value,
                    Uid = s.Instance.Uid.Value,
                    Sha256 = s.Sha256,
                    State =
                        modes[s.Instance.Hospital.Value] == WriteBackMode.Assist
                            ? WriteBackState.Pending
                            : WriteBackState.Recorded,
                    Attempts = 0,
                    DueAt = s.ScoredAt,
                    Lease = 0,
                }),
        ];
        await context.InsertAsync(rows, "on conflict (model, hospital, uid, sha256) do nothing", cancellationToken);
    }
}
