using CxrCluster.Contracts.Identity;
using CxrCluster.Storage.Marks;

namespace CxrCluster.Gateway.Marks;

/// <summary>A reader's verdict on a neighbour of an image.</summary>
/// <param name="NeighbourUid">A pseudonym when it was another hospital's.</param>
/// <param name="Reader">Who marked it.</param>
/// <param name="MarkedAt">UTC.</param>
public sealed record MarkView(
    HospitalId Hospital,
    SopInstanceUid Uid,
    HospitalId NeighbourHospital,
    SopInstanceUid NeighbourUid,
    ModelId Model,
    MarkVerdict Verdict,
    string Reader,
    DateTimeOffset MarkedAt
)
{
    internal static MarkView From(SimilarMark mark) =>
        new(
            mark.Image.Hospital,
            mark.Image.Uid,
            mark.Neighbour.Hospital,
            mark.Neighbour.Uid,
            mark.Model,
            mark.Verdict,
            mark.Reader,
            mark.MarkedAt
        );
}
