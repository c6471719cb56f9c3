using CxrCluster.Contracts.Identity;
using CxrCluster.Storage.Scores;

namespace CxrCluster.Grains.Maps;

/// <summary>An image on the map, with what its own hospital knows of it. It leaves the cluster by way of a pseudonymiser only.</summary>
/// <param name="X">Without a unit; near points have near embeddings.</param>
/// <param name="Sha256">The content whose embedding it is.</param>
/// <param name="ReceivedAt">UTC.</param>
public sealed record MapPoint(
    double X,
    double Y,
    HospitalId Hospital,
    SopInstanceUid Uid,
    string Sha256,
    string? PatientId,
    string Name,
    double Probability,
    int? Label,
    string? View,
    DateTimeOffset ReceivedAt
)
{
    internal static MapPoint From(ScoredInstance image, (double X, double Y) place) =>
        new(
            Math.Round(place.X, 4),
            Math.Round(place.Y, 4),
            image.Instance.Id.Hospital,
            image.Instance.Id.Uid,
            image.Score.Sha256,
            image.Instance.PatientId,
            image.Instance.Name,
            image.Score.Score.Probability!.Value,
            image.Instance.Label,
            image.Instance.View,
            image.Instance.ReceivedAt
        );
}
