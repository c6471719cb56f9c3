using CxrCluster.Contracts.Identity;

namespace CxrCluster.Contracts.Similarity;

/// <summary>A similar image.</summary>
/// <param name="PatientId">The hospital's own id for its own readers; a pseudonym for others; null if unknown.</param>
/// <param name="ImageName">File name or UID for its own readers; a pseudonym for others.</param>
/// <param name="TakenAt">For its own readers only; null for others.</param>
/// <param name="Distance">Euclidean distance between the embeddings.</param>
[GenerateSerializer, Immutable, Alias("neighbour")]
public sealed record Neighbour(
    [property: Id(0)] InstanceId Instance,
    [property: Id(1)] string? PatientId,
    [property: Id(2)] string ImageName,
    [property: Id(3)] double Distance,
    [property: Id(4)] double Probability,
    [property: Id(5)] int? Label,
    [property: Id(6)] string? View = null,
    [property: Id(7)] DateTimeOffset? TakenAt = null
);
