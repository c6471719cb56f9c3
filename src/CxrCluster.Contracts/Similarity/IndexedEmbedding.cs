using CxrCluster.Contracts.Identity;

namespace CxrCluster.Contracts.Similarity;

/// <summary>An embedding and what is shown about its image.</summary>
/// <param name="Label">Known label, 0 or 1, where the hospital gave one; null otherwise.</param>
[GenerateSerializer, Immutable, Alias("indexed-embedding")]
public sealed record IndexedEmbedding(
    [property: Id(0)] InstanceId Instance,
    [property: Id(1)] string? PatientId,
    [property: Id(2)] string ImageName,
    [property: Id(3)] double Probability,
    [property: Id(4)] int? Label,
    [property: Id(5)] float[] Vector
);
