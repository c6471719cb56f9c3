using CxrCluster.Contracts.Faults;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Similarity;
using CxrCluster.Grains.Telemetry;
using CxrCluster.Similarity;
using CxrCluster.Storage.Indexes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace CxrCluster.Grains.Similarity;

/// <summary>Fan-out over hospitals and their shards, and exact merge.</summary>
[StatelessWorker, GrainType("similarity")]
public sealed partial class SimilarityGrain(
    IndexLayouts layouts,
    SharingPolicy sharing,
    Pseudonymiser pseudonyms,
    IOptions<IndexOptions> options,
    CxrInstruments instruments,
    TimeProvider time,
    ILogger<SimilarityGrain> logger
) : Grain, ISimilarityGrain
{
    /// <inheritdoc />
    public async Task<SimilarReply> Find(SimilarQuery query, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        ILookup<bool, HospitalId> hospitals = query.Hospitals.ToLookup(h => sharing.MaySee(query.Reader, h));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        TimeSpan deadline = query.Patience ?? options.Value.Deadline;
        using ITimer timer = time.CreateTimer(_ => limit.Cancel(), null, deadline, Timeout.InfiniteTimeSpan);
        Answer[] answers = await Task.WhenAll(hospitals[true].Select(h => AskAsync(h, query, limit.Token)));
        cancellationToken.ThrowIfCancellationRequested();
        ILookup<bool, Answer> anonymous = answers.ToLookup(a => StaysAnonymous(a, query));
        IReadOnlyList<Neighbour> nearest = NeighbourMerge.Merge(
            anonymous[true].Select(a => a.Neighbours),
            query.K,
            n => n.Distance,
            n => n.Instance
        );
        var missing = answers.Where(a => !a.Whole).Select(a => a.Hospital).ToList();
        instruments.QueryFinished(time.GetElapsedTime(started), missing.Count > 0);
        return new SimilarReply(
            [.. nearest.Select(n => pseudonyms.For(query.Reader, n))],
            missing,
            [.. hospitals[false], .. anonymous[false].Select(a => a.Hospital)]
        );
    }

    /// <summary>Another hospital's cases are shown under a filter only if enough patients pass it: else the filter finds people.</summary>
    private bool StaysAnonymous(Answer answer, SimilarQuery query) =>
        FloorFor(answer.Hospital, query) is var floor && (floor == 0 || answer.Patients >= floor);

    private int FloorFor(HospitalId hospital, SimilarQuery query) =>
        query.Filter is { Narrows: true } && query.Reader is { } reader && reader != hospital
            ? options.Value.AnonymityFloor
            : 0;

    private async Task<Answer> AskAsync(HospitalId hospital, SimilarQuery query, CancellationToken cancellationToken)
    {
        IndexLayout? layout;
        try
        {
            layout = await layouts.ServingAsync(hospital, query.Model, cancellationToken);
        }
        catch (Exception exception) when (exception is StorageUnavailableException or OperationCanceledException)
        {
            LogMissing(logger, hospital.Value, exception.GetType().Name, exception.Message);
            return new Answer(hospital, [], 0, Whole: false);
        }
        if (layout is null)
            return new Answer(hospital, [], 0, Whole: true);
        var question = new ShardQuery(
            query.Vector,
            query.K,
            query.Patience ?? options.Value.Patience,
            query.Filter,
            query.ExcludePatient is { } p && p.Hospital == hospital ? p.PatientId : null,
            query.ExcludeInstance,
            FloorFor(hospital, query)
        );
        ShardReply?[] replies = await Task.WhenAll(
            Enumerable
                .Range(0, layout.Parts)
                .Select(part =>
                    AskAsync(new ShardKey(hospital, query.Model, layout.Number, part), question, cancellationToken)
                )
        );
        return new Answer(
            hospital,
            NeighbourMerge.Merge(
                replies.Select(reply => reply?.Neighbours ?? []),
                query.K,
                n => n.Distance,
                n => n.Instance
            ),
            replies.SelectMany(reply => reply?.Patients ?? []).Distinct().Count(),
            Whole: !replies.Contains(null)
        );
    }

    /// <summary>A shard's answer; null when there was none in time.</summary>
    private async Task<ShardReply?> AskAsync(ShardKey key, ShardQuery question, CancellationToken cancellationToken)
    {
        var shard = GrainFactory.GetGrain<IEmbeddingShardGrain>(key.ToString());
        try
        {
            return await shard.Search(question, cancellationToken).WaitAsync(cancellationToken);
        }
        catch (Exception exception)
            when (exception
                    is OrleansException
                        or TimeoutException
                        or OperationCanceledException
                        or WorkerUnavailableException
            )
        {
            LogMissing(logger, key.ToString(), exception.GetType().Name, exception.Message);
            return null;
        }
    }

    [LoggerMessage(
        1302,
        LogLevel.Warning,
        "{Asked} did not answer a similarity query ({Kind}: {Cause}); the answer is partial"
    )]
    private static partial void LogMissing(ILogger logger, string asked, string kind, string cause);

    private sealed record Answer(HospitalId Hospital, IReadOnlyList<Neighbour> Neighbours, int Patients, bool Whole);
}
