using CxrCluster.Contracts.Identity;
using CxrCluster.Storage.Instances;

namespace CxrCluster.Storage.Catalogue.Rows;

/// <summary>Table instance: the ledger of images.</summary>
internal sealed class InstanceRow
{
    public required string Hospital { get; init; }
    public required string Uid { get; init; }
    public required string Sha256 { get; init; }
    public required string BlobKey { get; init; }
    public required string Name { get; init; }
    public string? PatientId { get; init; }
    public string? View { get; init; }
    public int? Label { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }

    public static InstanceRow From(InstanceRecord record) =>
        new()
        {
            Hospital = record.Id.Hospital.Value,
            Uid = record.Id.Uid.Value,
            Sha256 = record.Sha256,
            BlobKey = record.BlobKey,
            Name = record.Name,
            PatientId = record.PatientId,
            View = record.View,
            Label = record.Label,
            ReceivedAt = record.ReceivedAt,
        };

    public InstanceRecord ToRecord() =>
        new()
        {
            Id = new InstanceId(new HospitalId(Hospital), new SopInstanceUid(Uid)),
            Sha256 = Sha256,
            BlobKey = BlobKey,
            Name = Name,
            PatientId = PatientId,
            View = View,
            Label = Label,
            ReceivedAt = ReceivedAt,
        };
}
