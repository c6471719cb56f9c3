using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;

namespace CxrCluster.Storage.Jobs;

/// <summary>A scoring job to be created.</summary>
public sealed record ScoringJobRecord(JobId Id, ModelId Model, ScoringPriority Priority, DateTimeOffset CreatedAt);
