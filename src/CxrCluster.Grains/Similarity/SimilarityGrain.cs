using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Similarity;
using CxrCluster.Similarity;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace CxrCluster.Grains.Similarity;

/// <summary>Fan-out and exact merge.</summary>
[StatelessWorker, GrainType("similarity")]
public sealed partial class SimilarityGrain(
    Pseudonymiser pseudonyms,
    TimeProvider time,
    ILogger<SimilarityGrain> logger
) : Grain, ISimilarityGrain
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);

    /// <inheritdoc />
    public async Task<SimilarReply> Find(SimilarQuery query, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using ITimer timer = time.CreateTimer(_ => limit.Cancel(), null, Deadline, Timeout.InfiniteTimeSpan);
        var answers = await Task.WhenAll(query.Hospitals.Select(h => AskAsync(h, query, limit.Token)));
        cancellationToken.ThrowIfCancellationRequested();
        IReadOnlyList<Neighbour> nearest = NeighbourMerge.Merge(
            answers.Select(a => a.Neighbours ?? []),
            query.K,
            n => n.Distance,
            n => n.Instance
        );
        return new SimilarReply(
            [.. nearest.Select(n => pseudonyms.For(query.Reader, n))],
            [.. answers.Where(a => a.Neighbours is null).Select(a => a.Hospital)]
        );
    }

    private async Task<(HospitalId Hospital, IReadOnlyList<Neighbour>? Neighbours)> AskAsync(
        HospitalId hospital,
        SimilarQuery query,
        CancellationToken cancellationToken
    )
    {
        string? patient = query.ExcludePatient is { } p && p.Hospital == hospital ? p.PatientId : null;
        var shard = GrainFactory.GetGrain<IEmbeddingShardGrain>(new ShardKey(hospital, query.Model).ToString());
        try
        {
            var question = new ShardQuery(query.Vector, query.K, patient, query.ExcludeInstance);
            return (hospital, await shard.Search(question, cancellationToken).WaitAsync(cancellationToken));
        }
        catch (Exception exception)
            when (exception is OrleansException or TimeoutException or OperationCanceledException)
        {
            LogMissing(logger, hospital.Value, exception.GetType().Name, exception.Message);
            return (hospital, null);
        }
    }

    [LoggerMessage(
        1302,
        LogLevel.Warning,
        "Hospital {Hospital} did not answer a similarity query ({Kind}: {Cause}); the answer is partial"
    )]
    private static partial void LogMissing(ILogger logger, string hospital, string kind, string cause);
}
