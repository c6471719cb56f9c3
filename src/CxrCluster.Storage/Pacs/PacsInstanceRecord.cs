using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;

namespace CxrCluster.Storage.Pacs;

/// <summary>A row of a PACS's ledger.</summary>
public sealed record PacsInstanceRecord
{
    /// <summary>Hospital and SOP instance UID.</summary>
    public required InstanceId Id { get; init; }

    /// <summary>Study instance UID.</summary>
    public required string StudyUid { get; init; }

    /// <summary>Series instance UID.</summary>
    public required string SeriesUid { get; init; }

    /// <summary>Where it stands.</summary>
    public required PacsInstanceState State { get; init; }

    /// <summary>Hash of the content that was fetched last; null when none was.</summary>
    public string? Sha256 { get; init; }

    /// <summary>0 until fetched, 1 for the first content, one more for every other content under the same UID.</summary>
    public int Revision { get; init; }

    /// <summary>Failed tries since the last success.</summary>
    public int Attempts { get; init; }

    /// <summary>When it is tried again; null: now.</summary>
    public DateTimeOffset? NextAttempt { get; init; }

    /// <summary>Why it was excluded, failed or parked.</summary>
    public Reason? Reason { get; init; }

    /// <summary>Whether somebody asked for it before all others.</summary>
    public bool Urgent { get; init; }
}
