using CxrCluster.Contracts.Identity;

namespace CxrCluster.Contracts.Similarity;

/// <summary>A search within one shard.</summary>
/// <param name="Patience">How long a shard that is filling itself may be waited for.</param>
/// <param name="ExcludePatient">Leave out this patient's images ("earlier patients", not the same one).</param>
/// <param name="ExcludeInstance">Leave out the image asked about.</param>
/// <param name="Floor">Count different patients that pass the filter, up to this number; 0: do not.</param>
[GenerateSerializer, Immutable, Alias("shard-query")]
public sealed record ShardQuery(
    [property: Id(0)] float[] Vector,
    [property: Id(1)] int K,
    [property: Id(2)] TimeSpan Patience,
    [property: Id(3)] SimilarFilter? Filter = null,
    [property: Id(4)] string? ExcludePatient = null,
    [property: Id(5)] InstanceId? ExcludeInstance = null,
    [property: Id(6)] int Floor = 0
);
