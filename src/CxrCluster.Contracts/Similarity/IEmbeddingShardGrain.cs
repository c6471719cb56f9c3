using CxrCluster.Contracts.Identity;

namespace CxrCluster.Contracts.Similarity;

/// <summary>
/// A part of one hospital's embeddings under one model. Key: "hospital/name@version/layout.part". Placed on nodes of role
/// index, kept alive; it reads its files and what the catalogue has beyond them when it starts, so that it can be lost at
/// any moment.
/// </summary>
[Alias("embedding-shard")]
public interface IEmbeddingShardGrain : IGrainWithStringKey
{
    /// <summary>Adds or replaces entries that the catalogue has already committed; they are durable when it returns.</summary>
    [Alias("append")]
    Task Append(IReadOnlyList<IndexedEmbedding> entries, CancellationToken cancellationToken);

    /// <summary>The exact k nearest by Euclidean distance, nearest first, ties by instance id. Null when the shard is still
    /// filling itself after the patience that the query grants.</summary>
    [Alias("search")]
    Task<ShardReply?> Search(ShardQuery query, CancellationToken cancellationToken);

    /// <summary>What it holds; also starts it.</summary>
    [Alias("status")]
    Task<ShardStatus> Status();

    /// <summary>Forgets everything and ends: its layout is no longer used.</summary>
    [Alias("drop")]
    Task Drop();
}
