namespace CxrCluster.Contracts.Similarity;

/// <summary>A shard at one moment.</summary>
/// <param name="Node">Where it is.</param>
/// <param name="Ready">Whether it holds everything that the catalogue has.</param>
/// <param name="Count">Embeddings.</param>
/// <param name="Bytes">Memory of vectors and codes.</param>
/// <param name="Problem">Why it is not ready or not well, a sentence; null when all is well.</param>
[GenerateSerializer, Immutable, Alias("shard-status")]
public sealed record ShardStatus(
    [property: Id(0)] string Node,
    [property: Id(1)] bool Ready,
    [property: Id(2)] int Count,
    [property: Id(3)] long Bytes,
    [property: Id(4)] string? Problem
);
