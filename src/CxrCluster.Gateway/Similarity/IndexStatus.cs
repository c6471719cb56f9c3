using CxrCluster.Contracts.Faults;
using CxrCluster.Contracts.Similarity;
using CxrCluster.Grains.Similarity;
using CxrCluster.Storage.Indexes;
using Orleans;
using Orleans.Runtime;

namespace CxrCluster.Gateway.Similarity;

/// <summary>What the embedding indexes are like.</summary>
internal sealed class IndexStatus(IGrainFactory grains, IIndexStore store, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Every layout with its shards.</summary>
    public async Task<IReadOnlyList<IndexView>> ReadAsync(CancellationToken cancellationToken)
    {
        var layouts = await store.ListLayoutsAsync(cancellationToken);
        return await Task.WhenAll(layouts.Select(layout => ReadAsync(layout, cancellationToken)));
    }

    private async Task<IndexView> ReadAsync(IndexLayout layout, CancellationToken cancellationToken)
    {
        ShardStatus[] shards =
            layout.State == LayoutState.Retired
                ? []
                : await Task.WhenAll(
                    Enumerable.Range(0, layout.Parts).Select(part => ReadAsync(layout, part, cancellationToken))
                );
        return new IndexView(
            layout.Hospital,
            layout.Model,
            layout.State,
            shards.Sum(shard => shard.Count),
            shards.Sum(shard => shard.Bytes),
            shards
        );
    }

    private async Task<ShardStatus> ReadAsync(IndexLayout layout, int part, CancellationToken cancellationToken)
    {
        var key = new ShardKey(layout.Hospital, layout.Model, layout.Number, part);
        try
        {
            return await grains
                .GetGrain<IEmbeddingShardGrain>(key.ToString())
                .Status()
                .WaitAsync(Patience, time, cancellationToken);
        }
        catch (Exception exception)
            when (exception is OrleansException or TimeoutException or WorkerUnavailableException)
        {
            return new ShardStatus("", Ready: false, 0, 0, exception.Message);
        }
    }
}
