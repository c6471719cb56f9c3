using CxrCluster.Contracts.Identity;

namespace CxrCluster.Gateway.Similarity;

/// <summary>A similar image. Of a hospital that the reader does not belong to, ids and names are pseudonyms.</summary>
/// <param name="Rank">1 for the nearest.</param>
/// <param name="Image">The name it was sent with.</param>
/// <param name="Distance">Euclidean distance between the embeddings.</param>
/// <param name="Probability">Its own probability under the same model.</param>
/// <param name="Label">The class its hospital gave, 1 = COVID-19, 0 = not; null if unknown.</param>
/// <param name="TakenAt">When it was taken or received; null for readers of other hospitals.</param>
public sealed record SimilarCase(
    int Rank,
    HospitalId Hospital,
    SopInstanceUid Uid,
    string? PatientId,
    string Image,
    double Distance,
    double Probability,
    int? Label,
    string? View,
    DateTimeOffset? TakenAt
);
