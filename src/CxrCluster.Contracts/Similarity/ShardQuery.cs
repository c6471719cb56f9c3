using CxrCluster.Contracts.Identity;

namespace CxrCluster.Contracts.Similarity;

/// <summary>A search within one hospital.</summary>
/// <param name="ExcludePatient">Leave out this patient's images ("earlier patients", not the same one).</param>
/// <param name="ExcludeInstance">Leave out the image asked about.</param>
[GenerateSerializer, Immutable, Alias("shard-query")]
public sealed record ShardQuery(
    [property: Id(0)] float[] Vector,
    [property: Id(1)] int K,
    [property: Id(2)] string? ExcludePatient = null,
    [property: Id(3)] InstanceId? ExcludeInstance = null
);
