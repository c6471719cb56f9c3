using CxrCluster.Contracts.Identity;

namespace CxrCluster.Storage.Instances;

/// <summary>An image that the cluster knows: one row of the ledger.</summary>
public sealed record InstanceRecord
{
    /// <summary>Hospital and SOP instance UID.</summary>
    public required InstanceId Id { get; init; }

    /// <summary>Content hash of the bytes as they came, 64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Where the bytes lie.</summary>
    public required string BlobKey { get; init; }

    /// <summary>File name or other name for people of the hospital.</summary>
    public required string Name { get; init; }

    /// <summary>The hospital's patient id; null if unknown.</summary>
    public string? PatientId { get; init; }

    /// <summary>View position ("AP", "PA", "LATERAL"); null if unknown.</summary>
    public string? View { get; init; }

    /// <summary>Known class, 1 = COVID-19, 0 = not; null if unknown.</summary>
    public int? Label { get; init; }

    /// <summary>When the cluster first saw it, UTC.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }
}
