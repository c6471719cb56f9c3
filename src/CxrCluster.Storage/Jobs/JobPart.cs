using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;

namespace CxrCluster.Storage.Jobs;

/// <summary>One hospital's part of a job as its coordinator takes it over.</summary>
/// <param name="Epoch">The fence: writes with an older epoch are refused.</param>
public sealed record JobPart(JobId Job, HospitalId Hospital, ModelId Model, ScoringPriority Priority, long Epoch);
