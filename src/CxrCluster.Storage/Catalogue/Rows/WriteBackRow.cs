using CxrCluster.Storage.WriteBacks;

namespace CxrCluster.Storage.Catalogue.Rows;

/// <summary>Table write_back: the outbox of reports, one row per result of (model, instance, content).</summary>
internal sealed class WriteBackRow
{
    public required string Model { get; init; }
    public required string Hospital { get; init; }
    public required string Uid { get; init; }
    public required string Sha256 { get; init; }
    public required WriteBackState State { get; init; }
    public required int Attempts { get; init; }
    public string? Reason { get; init; }

    /// <summary>Not before this moment; a claim sets it to where the claim runs out.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Raised by every claim.</summary>
    public required long Lease { get; init; }
}
