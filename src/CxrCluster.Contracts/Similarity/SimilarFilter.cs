namespace CxrCluster.Contracts.Similarity;

/// <summary>Narrows a search; what is null asks for nothing.</summary>
/// <param name="From">Taken at or after.</param>
/// <param name="Until">Taken before.</param>
/// <param name="Label">Of this known label, 0 or 1.</param>
/// <param name="View">Of this view position.</param>
[GenerateSerializer, Immutable, Alias("similar-filter")]
public sealed record SimilarFilter(
    [property: Id(0)] DateTimeOffset? From = null,
    [property: Id(1)] DateTimeOffset? Until = null,
    [property: Id(2)] int? Label = null,
    [property: Id(3)] string? View = null
)
{
    /// <summary>Whether it narrows anything.</summary>
    public bool Narrows => From is not null || Until is not null || Label is not null || View is not null;
}
