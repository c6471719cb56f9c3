using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Similarity;

namespace CxrCluster.Gateway.Similarity;

/// <summary>Asks for cases similar to an image that the cluster knows, or to an embedding.</summary>
/// <param name="Hospital">Of the image, with <paramref name="Uid"/>.</param>
/// <param name="Uid">Of the image.</param>
/// <param name="Embedding">Instead of an image: a vector of the model's length.</param>
/// <param name="Model">Null: the one whose embeddings the cluster compares.</param>
/// <param name="K">How many, 1 to 100; null: 4.</param>
/// <param name="From">Only cases taken at or after.</param>
/// <param name="Until">Only cases taken before.</param>
/// <param name="Label">Only cases of this label.</param>
/// <param name="View">Only cases of this view position.</param>
public sealed record SimilarRequest(
    HospitalId? Hospital = null,
    SopInstanceUid? Uid = null,
    IReadOnlyList<float>? Embedding = null,
    ModelId? Model = null,
    int? K = null,
    DateTimeOffset? From = null,
    DateTimeOffset? Until = null,
    int? Label = null,
    string? View = null
)
{
    internal SimilarFilter Filter => new(From, Until, Label, View);
}
