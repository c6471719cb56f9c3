using CxrCluster.Contracts.Identity;

namespace CxrCluster.Gateway.Maps;

/// <summary>An image on the map. Of a hospital that the reader does not belong to, ids and names are pseudonyms.</summary>
/// <param name="X">Without a unit; near points have near embeddings.</param>
/// <param name="Image">The name it was sent with.</param>
/// <param name="Label">The class its hospital gave, 1 = COVID-19, 0 = not; null if unknown.</param>
/// <param name="TakenAt">When it was received; null for readers of other hospitals.</param>
/// <param name="Open">Whether the reader may open the image and see its picture.</param>
public sealed record MapPointView(
    double X,
    double Y,
    HospitalId Hospital,
    SopInstanceUid Uid,
    string? PatientId,
    string Image,
    double Probability,
    int? Label,
    string? View,
    DateTimeOffset? TakenAt,
    bool Open
);
