using CxrCluster.Contracts.Identity;

namespace CxrCluster.Contracts.Jobs;

/// <summary>One hospital's part of a job: item counts by state.</summary>
public sealed record HospitalProgress(
    HospitalId Hospital,
    JobState State,
    int Total,
    int Scored,
    int Excluded,
    int Failed
);
