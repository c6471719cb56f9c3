namespace CxrCluster.Contracts.Similarity;

/// <summary>A shard's answer.</summary>
/// <param name="Neighbours">Nearest first.</param>
/// <param name="Patients">Hashes of different patients among all that pass the filter, as many as the query's floor; only
/// when it asks for them.</param>
[GenerateSerializer, Immutable, Alias("shard-reply")]
public sealed record ShardReply(
    [property: Id(0)] IReadOnlyList<Neighbour> Neighbours,
    [property: Id(1)] IReadOnlyList<long> Patients
);
