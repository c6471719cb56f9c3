namespace CxrCluster.Contracts.Scoring;

/// <summary>Where a worker finds an image's bytes.</summary>
/// <param name="BlobKey">Key in the blob store.</param>
/// <param name="Name">File name or UID: used in error sentences, never for paths.</param>
/// <param name="View">View position if known ("AP", "PA", "LATERAL"); null if not.</param>
[GenerateSerializer, Immutable, Alias("image-source")]
public sealed record ImageSource(
    [property: Id(0)] string BlobKey,
    [property: Id(1)] string Name,
    [property: Id(2)] string? View = null
);
