using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Similarity;
using CxrCluster.Grains.Telemetry;
using CxrCluster.Storage.Indexes;
using CxrCluster.Storage.Instances;
using CxrCluster.Storage.Scores;
using Microsoft.Extensions.Logging;

namespace CxrCluster.Grains.Similarity;

/// <summary>Shows committed results to the shards.</summary>
public sealed partial class EmbeddingFeed(
    IGrainFactory grains,
    IndexLayouts layouts,
    IInstanceStore instances,
    CxrInstruments instruments,
    TimeProvider time,
    ILogger<EmbeddingFeed> logger
)
{
    private const int Attempts = 8;

    /// <summary>
    /// Adds scored results to their shards. A shard that cannot be reached is tried again for some seconds; if it stays
    /// away, nothing is lost: it fills itself from the catalogue when it comes back.
    /// </summary>
    public async Task AppendAsync(IReadOnlyList<ScoreRecord> scored, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        foreach (var group in scored.GroupBy(s => (s.Instance.Hospital, s.Model)))
        {
            var entries = new List<IndexedEmbedding>();
            foreach (ScoreRecord score in group)
                if (await instances.FindAsync(score.Instance, cancellationToken) is { } instance)
                    entries.Add(ToEntry(instance, score));
            (HospitalId hospital, ModelId model) = group.Key;
            foreach (IndexLayout layout in await layouts.TakingAsync(hospital, model, cancellationToken))
            foreach (var part in entries.GroupBy(entry => ShardKey.PartOf(entry.Instance.Uid, layout.Parts)))
                await AppendAsync(new ShardKey(hospital, model, layout.Number, part.Key), [.. part], cancellationToken);
        }
        instruments.StageFinished("index", time.GetElapsedTime(started));
    }

    internal static IndexedEmbedding ToEntry(InstanceRecord instance, ScoreRecord score) =>
        new(
            instance.Id,
            instance.PatientId,
            instance.Name,
            score.Score.Probability!.Value,
            instance.Label,
            score.Score.Embedding!,
            score.Sha256,
            instance.View,
            instance.ReceivedAt
        );

    private async Task AppendAsync(ShardKey key, List<IndexedEmbedding> entries, CancellationToken cancellationToken)
    {
        var shard = grains.GetGrain<IEmbeddingShardGrain>(key.ToString());
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await shard.Append(entries, cancellationToken);
                return;
            }
            catch (Exception exception) when (exception is OrleansException or TimeoutException)
            {
                if (attempt == Attempts)
                {
                    LogGivenUp(logger, key.ToString(), entries.Count, exception.Message);
                    return;
                }
                await Task.Delay(TimeSpan.FromMilliseconds(100 << attempt), time, cancellationToken);
            }
        }
    }

    [LoggerMessage(
        1301,
        LogLevel.Error,
        "Index shard {Shard} did not take {Count} embeddings ({Cause}); it reads them from the catalogue when it starts again"
    )]
    private static partial void LogGivenUp(ILogger logger, string shard, int count, string cause);
}
