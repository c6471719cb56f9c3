using CxrCluster.Contracts.Identity;

namespace CxrCluster.Contracts.Similarity;

/// <summary>
/// The embeddings of one hospital under one model. Key: "hospital/name@version". Placed on nodes of role index, kept alive;
/// it fills itself from the catalogue when it starts, so that it can be lost at any moment.
/// </summary>
[Alias("embedding-shard")]
public interface IEmbeddingShardGrain : IGrainWithStringKey
{
    /// <summary>Adds or replaces entries that the catalogue has already committed.</summary>
    [Alias("append")]
    Task Append(IReadOnlyList<IndexedEmbedding> entries, CancellationToken cancellationToken);

    /// <summary>The exact k nearest by Euclidean distance, nearest first, ties by instance id.</summary>
    [Alias("search")]
    Task<IReadOnlyList<Neighbour>> Search(ShardQuery query, CancellationToken cancellationToken);

    /// <summary>How many embeddings it holds.</summary>
    [Alias("count")]
    Task<int> Count(CancellationToken cancellationToken);
}
