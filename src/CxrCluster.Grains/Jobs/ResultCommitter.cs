using CxrCluster.Contracts.Scoring;
using CxrCluster.Grains.Similarity;
using CxrCluster.Grains.Telemetry;
using CxrCluster.Storage.Jobs;
using CxrCluster.Storage.Scores;

namespace CxrCluster.Grains.Jobs;

/// <summary>Results become rows first and are shown to the index after: what the index knows is always in the catalogue.</summary>
public sealed class ResultCommitter(
    IJobStore jobs,
    IScoreStore scores,
    EmbeddingFeed index,
    CxrInstruments instruments,
    TimeProvider time
)
{
    /// <summary>Commits results of a job, fenced by its part's epoch.</summary>
    public async Task CommitAsync(
        JobPart part,
        IReadOnlyList<JobItemResult> results,
        CancellationToken cancellationToken
    )
    {
        long started = time.GetTimestamp();
        IReadOnlyList<ScoreRecord> recorded = await jobs.CommitAsync(part, results, cancellationToken);
        instruments.StageFinished("commit", time.GetElapsedTime(started));
        await AnnounceAsync(recorded, cancellationToken);
    }

    /// <summary>Commits a result that somebody waits for.</summary>
    public async Task RecordAsync(ScoreRecord score, CancellationToken cancellationToken)
    {
        await scores.RecordAsync([score], cancellationToken);
        await AnnounceAsync([score], cancellationToken);
    }

    private async Task AnnounceAsync(IReadOnlyList<ScoreRecord> recorded, CancellationToken cancellationToken)
    {
        foreach (ScoreRecord record in recorded)
            instruments.ImageFinished(record.Instance.Hospital, record.Score);
        await index.AppendAsync([.. recorded.Where(r => r.Score.Outcome == ImageOutcome.Scored)], cancellationToken);
    }
}
