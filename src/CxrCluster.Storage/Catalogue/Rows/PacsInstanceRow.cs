using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Storage.Pacs;

namespace CxrCluster.Storage.Catalogue.Rows;

/// <summary>Table pacs_instance: the ledger of what the PACSs hold.</summary>
internal sealed class PacsInstanceRow
{
    public required string Hospital { get; init; }
    public required string Uid { get; init; }
    public required string Study { get; init; }
    public required string Series { get; init; }
    public required PacsInstanceState State { get; init; }
    public string? Sha256 { get; init; }
    public required int Revision { get; init; }
    public required int Attempts { get; init; }
    public DateTimeOffset? NextAttempt { get; init; }
    public string? ReasonCode { get; init; }
    public string? ReasonText { get; init; }
    public required bool Urgent { get; init; }

    /// <summary>Whether to fetch it although it was fetched before, to see whether its content changed.</summary>
    public required bool Refetch { get; init; }

    public required DateTimeOffset SeenAt { get; init; }

    public PacsInstanceRecord ToRecord() =>
        new()
        {
            Id = new InstanceId(new HospitalId(Hospital), new SopInstanceUid(Uid)),
            StudyUid = Study,
            SeriesUid = Series,
            State = State,
            Sha256 = Sha256,
            Revision = Revision,
            Attempts = Attempts,
            NextAttempt = NextAttempt,
            Reason = ReasonCode is null ? null : new Reason(ReasonCode, ReasonText ?? ""),
            Urgent = Urgent,
        };
}
