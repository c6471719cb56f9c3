using CxrCluster.Contracts.Identity;
using CxrCluster.Storage.Marks;

namespace CxrCluster.Storage.Catalogue.Rows;

/// <summary>Table similar_mark.</summary>
internal sealed class SimilarMarkRow
{
    public required string Hospital { get; init; }
    public required string Uid { get; init; }
    public required string NeighbourHospital { get; init; }

    /// <summary>A pseudonym when the neighbour's hospital is not the reader's.</summary>
    public required string NeighbourUid { get; init; }
    public required string Model { get; init; }
    public required string Reader { get; init; }
    public required MarkVerdict Verdict { get; init; }
    public required DateTimeOffset MarkedAt { get; init; }

    public static SimilarMarkRow From(SimilarMark mark) =>
        new()
        {
            Hospital = mark.Image.Hospital.Value,
            Uid = mark.Image.Uid.Value,
            NeighbourHospital = mark.Neighbour.Hospital.Value,
            NeighbourUid = mark.Neighbour.Uid.Value,
            Model = mark.Model.ToString(),
            Reader = mark.Reader,
            Verdict = mark.Verdict,
            MarkedAt = mark.MarkedAt,
        };

    public SimilarMark ToRecord() =>
        new(
            new InstanceId(new HospitalId(Hospital), new SopInstanceUid(Uid)),
            new InstanceId(new HospitalId(NeighbourHospital), new SopInstanceUid(NeighbourUid)),
            ModelId.Parse(Model),
            Verdict,
            Reader,
            MarkedAt
        );
}
