using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Similarity;
using CxrCluster.Grains.Placement;
using CxrCluster.Similarity;
using CxrCluster.Storage.Scores;
using Microsoft.Extensions.Logging;

namespace CxrCluster.Grains.Similarity;

/// <summary>A live view of the catalogue's embeddings of one hospital under one model.</summary>
[RequireRole(NodeRoles.Index), KeepAlive, GrainType("embedding-shard")]
public sealed partial class EmbeddingShardGrain(IScoreStore scores, ILogger<EmbeddingShardGrain> logger)
    : Grain,
        IEmbeddingShardGrain
{
    private readonly Dictionary<InstanceId, IndexedEmbedding> _entries = [];
    private EmbeddingIndex<InstanceId>? _index;

    /// <inheritdoc />
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        ShardKey key = ShardKey.Parse(this.GetPrimaryKeyString());
        await foreach (ScoredInstance row in scores.ListEmbeddingsAsync(key.Hospital, key.Model, cancellationToken))
            Add(EmbeddingFeed.ToEntry(row.Instance, row.Score));
        LogLoaded(logger, key.ToString(), _entries.Count);
    }

    /// <inheritdoc />
    public Task Append(IReadOnlyList<IndexedEmbedding> entries, CancellationToken cancellationToken)
    {
        foreach (IndexedEmbedding entry in entries)
            Add(entry);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<Neighbour>> Search(ShardQuery query, CancellationToken cancellationToken)
    {
        if (_index is null)
            return Task.FromResult<IReadOnlyList<Neighbour>>([]);
        var nearest = _index.Search(query.Vector, query.K, id => IsWanted(id, query));
        return Task.FromResult<IReadOnlyList<Neighbour>>([.. nearest.Select(n => ToNeighbour(n.Id, n.Distance))]);
    }

    /// <inheritdoc />
    public Task<int> Count(CancellationToken cancellationToken) => Task.FromResult(_entries.Count);

    private void Add(IndexedEmbedding entry)
    {
        _index ??= new EmbeddingIndex<InstanceId>(entry.Vector.Length);
        _index.Upsert(entry.Instance, entry.Vector);
        _entries[entry.Instance] = entry with { Vector = [] }; // the index holds the numbers
    }

    private bool IsWanted(InstanceId id, ShardQuery query) =>
        id != query.ExcludeInstance && (query.ExcludePatient is null || _entries[id].PatientId != query.ExcludePatient);

    private Neighbour ToNeighbour(InstanceId id, double distance)
    {
        IndexedEmbedding entry = _entries[id];
        return new Neighbour(id, entry.PatientId, entry.ImageName, distance, entry.Probability, entry.Label);
    }

    [LoggerMessage(1303, LogLevel.Information, "Index shard {Shard}: {Count} embeddings read from the catalogue")]
    private static partial void LogLoaded(ILogger logger, string shard, int count);
}
