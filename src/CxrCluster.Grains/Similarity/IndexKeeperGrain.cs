using CxrCluster.Contracts.Faults;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Similarity;
using CxrCluster.Grains.Placement;
using CxrCluster.Grains.Telemetry;
using CxrCluster.Storage.Indexes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CxrCluster.Grains.Similarity;

/// <summary>
/// Starts shards whose node was lost before anybody asks, splits a hospital's index that has grown, lets new layouts serve
/// when all their shards are ready, drops old ones, and sees the switch to another model through. Every step is a row that
/// changes only from the state it was in, so that two keepers (one of them declared dead) do no harm.
/// </summary>
[RequireRole(NodeRoles.Index), GrainType("index-keeper")]
public sealed partial class IndexKeeperGrain(
    IIndexStore store,
    IndexLayouts layouts,
    ModelSwitch models,
    IOptions<IndexOptions> options,
    CxrInstruments instruments,
    TimeProvider time,
    ILogger<IndexKeeperGrain> logger
) : Grain, IIndexKeeperGrain
{
    /// <inheritdoc />
    public async Task LookAfter(CancellationToken cancellationToken)
    {
        var seen = new List<IndexState>();
        foreach (IndexLayout layout in await store.ListLayoutsAsync(cancellationToken))
            await LookAfterAsync(layout, seen, cancellationToken);
        instruments.IndexesSeen(seen);
        await models.AdvanceAsync(IsReadyAsync, cancellationToken);
    }

    /// <inheritdoc />
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        instruments.IndexesSeen([]); // the next keeper, on whatever node, tells of them
        return Task.CompletedTask;
    }

    private async Task LookAfterAsync(IndexLayout layout, List<IndexState> seen, CancellationToken cancellationToken)
    {
        if (layout.State == LayoutState.Retired)
        {
            if (time.GetUtcNow() - layout.ChangedAt > options.Value.Grace)
                await DropAsync(layout, cancellationToken);
            return;
        }
        ShardStatus?[] shards = await AskAsync(layout, cancellationToken);
        int count = shards.Sum(shard => shard?.Count ?? 0);
        int unready = shards.Count(shard => shard is not { Ready: true });
        if (layout.State == LayoutState.Serving)
            seen.Add(new IndexState(layout.Hospital, layout.Model, count, unready));
        if (unready > 0)
            return;
        int parts = layouts.PartsFor(count);
        if (layout.State == LayoutState.Filling)
        {
            if (await store.ServeAsync(layout, cancellationToken))
                LogServes(logger, layout.Hospital.Value, layout.Parts, count);
        }
        else if (
            parts > layout.Parts
            && await store.BeginAsync(layout.Hospital, layout.Model, parts, cancellationToken)
        )
            LogGrows(logger, layout.Hospital.Value, count, layout.Parts, parts);
    }

    /// <summary>Whether all shards of a hospital's serving layout hold everything.</summary>
    private async Task<bool> IsReadyAsync(HospitalId hospital, ModelId model, CancellationToken cancellationToken)
    {
        await layouts.TakingAsync(hospital, model, cancellationToken);
        return await layouts.ServingAsync(hospital, model, cancellationToken) is { } layout
            && Array.TrueForAll(await AskAsync(layout, cancellationToken), shard => shard is { Ready: true });
    }

    private Task<ShardStatus?[]> AskAsync(IndexLayout layout, CancellationToken cancellationToken) =>
        Task.WhenAll(Keys(layout).Select(key => AskAsync(key, cancellationToken)));

    private async Task<ShardStatus?> AskAsync(ShardKey key, CancellationToken cancellationToken)
    {
        try
        {
            return await Shard(key).Status().WaitAsync(options.Value.Deadline, time, cancellationToken);
        }
        catch (Exception exception)
            when (exception is OrleansException or TimeoutException or WorkerUnavailableException)
        {
            LogSilent(logger, key.ToString(), exception.Message);
            return null;
        }
    }

    private async Task DropAsync(IndexLayout layout, CancellationToken cancellationToken)
    {
        foreach (ShardKey key in Keys(layout))
            await Shard(key).Drop();
        await store.DropAsync(layout, cancellationToken);
    }

    private static IEnumerable<ShardKey> Keys(IndexLayout layout) =>
        Enumerable
            .Range(0, layout.Parts)
            .Select(part => new ShardKey(layout.Hospital, layout.Model, layout.Number, part));

    private IEmbeddingShardGrain Shard(ShardKey key) => GrainFactory.GetGrain<IEmbeddingShardGrain>(key.ToString());

    [LoggerMessage(
        1311,
        LogLevel.Information,
        "The index of hospital {Hospital} holds {Count} embeddings: splitting {Before} shards into {After}"
    )]
    private static partial void LogGrows(ILogger logger, string hospital, int count, int before, int after);

    [LoggerMessage(
        1312,
        LogLevel.Information,
        "The index of hospital {Hospital} answers from {Parts} shards now ({Count} embeddings)"
    )]
    private static partial void LogServes(ILogger logger, string hospital, int parts, int count);

    [LoggerMessage(
        1313,
        LogLevel.Warning,
        "Index shard {Shard} does not answer ({Cause}); it is asked again in a moment"
    )]
    private static partial void LogSilent(ILogger logger, string shard, string cause);
}
