using CxrCluster.Contracts.Scoring;

namespace CxrCluster.Storage.Catalogue.Rows;

/// <summary>Table job_item: one image of a job.</summary>
internal sealed class JobItemRow
{
    public required string Job { get; init; }
    public required long Ordinal { get; init; }
    public required string Hospital { get; init; }
    public required string Uid { get; init; }

    /// <summary>The final state; null while pending.</summary>
    public ImageOutcome? Outcome { get; init; }

    /// <summary>The content that the final state is about; null while pending.</summary>
    public string? Sha256 { get; init; }
}
