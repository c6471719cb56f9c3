using CxrCluster.Contracts.Identity;

namespace CxrCluster.Contracts.Similarity;

/// <summary>An embedding and what is shown about its image.</summary>
/// <param name="Label">Known label, 0 or 1, where the hospital gave one; null otherwise.</param>
/// <param name="Sha256">Of the content that the embedding was made from.</param>
/// <param name="TakenAt">When the image was taken, or received where that is unknown.</param>
[GenerateSerializer, Immutable, Alias("indexed-embedding")]
public sealed record IndexedEmbedding(
    [property: Id(0)] InstanceId Instance,
    [property: Id(1)] string? PatientId,
    [property: Id(2)] string ImageName,
    [property: Id(3)] double Probability,
    [property: Id(4)] int? Label,
    [property: Id(5)] float[] Vector,
    [property: Id(6)] string Sha256,
    [property: Id(7)] string? View,
    [property: Id(8)] DateTimeOffset? TakenAt
);
