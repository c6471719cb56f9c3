using CxrCluster.Contracts.Jobs;
using CxrCluster.Contracts.Scoring;

namespace CxrCluster.Storage.Catalogue.Rows;

/// <summary>Table job.</summary>
internal sealed class JobRow
{
    public required string Id { get; init; }
    public required string Model { get; init; }
    public required ScoringPriority Priority { get; init; }
    public required JobState State { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}
