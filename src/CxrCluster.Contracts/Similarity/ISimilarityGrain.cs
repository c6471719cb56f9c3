namespace CxrCluster.Contracts.Similarity;

/// <summary>Asks every hospital's shard and merges exactly. Stateless; key 0.</summary>
[Alias("similarity")]
public interface ISimilarityGrain : IGrainWithIntegerKey
{
    /// <summary>The exact k nearest over the hospitals asked; hospitals that did not answer are named.</summary>
    [Alias("find")]
    Task<SimilarReply> Find(SimilarQuery query, CancellationToken cancellationToken);
}
