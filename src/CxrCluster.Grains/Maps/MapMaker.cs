using CxrCluster.Contracts.Identity;
using CxrCluster.Evaluation.Neighbours;
using CxrCluster.Grains.Similarity;
using CxrCluster.Storage.Indexes;
using CxrCluster.Storage.Scores;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CxrCluster.Grains.Maps;

/// <summary>Computes the map of the embeddings that the cluster compares.</summary>
public sealed partial class MapMaker(
    ModelSwitch models,
    IIndexStore index,
    EmbeddingMaps maps,
    IOptions<MapOptions> options,
    TimeProvider time,
    ILogger<MapMaker> logger
)
{
    /// <summary>Fewer points make no picture.</summary>
    private const int FewestPoints = 4;

    private const int Page = 500;

    /// <summary>Makes the map if there is none or enough embeddings have changed since; null when nothing was due.</summary>
    public async Task<EmbeddingMap?> MakeIfDueAsync(CancellationToken cancellationToken)
    {
        if (await models.ComparedAsync(cancellationToken) is not { } model)
            return null;
        var counts = await index.CountEmbeddingsAsync(model, cancellationToken);
        HospitalCount[] hospitals = [.. counts.OrderBy(c => c.Key).Select(c => new HospitalCount(c.Key, c.Value))];
        var sample = new List<(HospitalId Hospital, EmbeddingKey Key)>();
        foreach (HospitalCount quota in MapSample.Share(hospitals, options.Value.MostPoints))
        {
            var keys = index.ListKeysAsync(quota.Hospital, model, cancellationToken);
            sample.AddRange(
                (
                    await MapSample.DrawAsync(
                        keys,
                        quota.Hospital,
                        quota.Embeddings,
                        options.Value.Seed,
                        cancellationToken
                    )
                ).Select(key => (quota.Hospital, key))
            );
        }
        if (sample.Count < FewestPoints || !IsDue(await maps.ReadAsync(model, cancellationToken), sample))
            return null;
        EmbeddingMap map = await MakeAsync(model, hospitals, sample, cancellationToken);
        await maps.WriteAsync(map, cancellationToken);
        return map;
    }

    private bool IsDue(EmbeddingMap? before, List<(HospitalId Hospital, EmbeddingKey Key)> sample)
    {
        if (before is null || before.Seed != options.Value.Seed || before.Perplexity != options.Value.Perplexity)
            return true;
        var drawn = before.Points.Select(p => (p.Hospital, new EmbeddingKey(p.Uid, p.Sha256))).ToHashSet();
        int kept = sample.Count(drawn.Contains);
        int most = Math.Max(sample.Count, drawn.Count);
        int changed = most - kept;
        return changed > 0
            && (
                changed >= options.Value.MinChange * most
                || time.GetUtcNow() - before.ComputedAt >= options.Value.Refresh
            );
    }

    private async Task<EmbeddingMap> MakeAsync(
        ModelId model,
        HospitalCount[] hospitals,
        List<(HospitalId Hospital, EmbeddingKey Key)> sample,
        CancellationToken cancellationToken
    )
    {
        var images = new List<ScoredInstance>(sample.Count);
        foreach (var hospital in sample.GroupBy(s => s.Hospital, s => s.Key.Uid))
        foreach (SopInstanceUid[] page in hospital.Chunk(Page))
            images.AddRange(
                (await index.ReadEmbeddingsAsync(hospital.Key, model, page, cancellationToken)).OrderBy(i =>
                    i.Instance.Id
                )
            );
        long started = time.GetTimestamp();
        var settings = new TSneOptions
        {
            Perplexity = options.Value.Perplexity,
            Seed = options.Value.Seed,
            MaxThreads = 1,
        };
        float[][] vectors = [.. images.Select(image => image.Score.Score.Embedding!)];
        var places = await QuietThread.RunAsync("cxr map", () => TSne.Embed(vectors, settings, cancellationToken));
        LogMade(logger, model.ToString(), images.Count, hospitals.Sum(h => h.Embeddings), time.GetElapsedTime(started));
        return new EmbeddingMap(
            model,
            hospitals,
            settings.Perplexity,
            settings.Seed,
            time.GetUtcNow(),
            [.. images.Zip(places, MapPoint.From)]
        );
    }

    [LoggerMessage(
        1331,
        LogLevel.Information,
        "The map of {Model} has {Points} of {Embeddings} embeddings; it took {Time}"
    )]
    private static partial void LogMade(ILogger logger, string model, int points, int embeddings, TimeSpan time);
}
