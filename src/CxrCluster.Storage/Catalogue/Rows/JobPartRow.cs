using CxrCluster.Contracts.Jobs;

namespace CxrCluster.Storage.Catalogue.Rows;

/// <summary>Table job_part: one hospital's share of a job, with its fence.</summary>
internal sealed class JobPartRow
{
    public required string Job { get; init; }
    public required string Hospital { get; init; }
    public required JobState State { get; init; }

    /// <summary>Raised by each coordinator that takes the part over; writes with an older one are refused.</summary>
    public required long Epoch { get; init; }
}
