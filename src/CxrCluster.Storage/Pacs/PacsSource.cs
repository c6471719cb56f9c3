using CxrCluster.Contracts.Identity;

namespace CxrCluster.Storage.Pacs;

/// <summary>A hospital's PACS as the catalogue knows it: where it is, where its secrets are (never the secrets), and when it
/// was last swept.</summary>
public sealed record PacsSource
{
    /// <summary>The hospital; it has one PACS.</summary>
    public required HospitalId Hospital { get; init; }

    /// <summary>Root of the DICOMweb services.</summary>
    public required string Url { get; init; }

    /// <summary>User of basic authentication; null: none.</summary>
    public string? User { get; init; }

    /// <summary>Reference to the password: "env:NAME" or "file:PATH".</summary>
    public string? PasswordFrom { get; init; }

    /// <summary>Reference to a bearer token.</summary>
    public string? TokenFrom { get; init; }

    /// <summary>File with the authorities that may vouch for the server; null: the machine's.</summary>
    public string? CaFile { get; init; }

    /// <summary>When the last complete sweep of recent days began.</summary>
    public DateTimeOffset? RecentAt { get; init; }

    /// <summary>When the last complete sweep of the month began.</summary>
    public DateTimeOffset? MonthAt { get; init; }

    /// <summary>When the last complete sweep of everything began.</summary>
    public DateTimeOffset? AllAt { get; init; }

    /// <summary>Why the last sweep failed; null when it did not.</summary>
    public string? Fault { get; init; }
}
