using CxrCluster.Contracts.Identity;
using CxrCluster.Storage.Audit;

namespace CxrCluster.Storage.Catalogue.Rows;

/// <summary>Table audit: rows are added, never changed.</summary>
internal sealed class AuditRow
{
    public long Id { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Actor { get; init; }
    public required string Action { get; init; }
    public string? Hospital { get; init; }
    public string? Subject { get; init; }

    public AuditEntry ToEntry() => new(At, Actor, Action, Hospital is null ? null : new HospitalId(Hospital), Subject);
}
