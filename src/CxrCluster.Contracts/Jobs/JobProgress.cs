using CxrCluster.Contracts.Identity;

namespace CxrCluster.Contracts.Jobs;

/// <summary>A job at one moment.</summary>
public sealed record JobProgress(JobId Job, ModelId Model, JobState State, IReadOnlyList<HospitalProgress> Hospitals)
{
    /// <summary>Items over all hospitals.</summary>
    public int Total => Hospitals.Sum(h => h.Total);

    /// <summary>Items in a final state over all hospitals.</summary>
    public int Finished => Hospitals.Sum(h => h.Scored + h.Excluded + h.Failed);
}
