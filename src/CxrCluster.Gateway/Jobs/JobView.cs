using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Jobs;

namespace CxrCluster.Gateway.Jobs;

/// <summary>A job at one moment, as the API shows it.</summary>
/// <param name="Total">Images over all hospitals.</param>
/// <param name="Finished">Images in a final state.</param>
/// <param name="Pace">How fast it goes on; null unless it is watched.</param>
public sealed record JobView(
    JobId Id,
    ModelId Model,
    JobState State,
    int Total,
    int Finished,
    int Scored,
    int Excluded,
    int Failed,
    IReadOnlyList<HospitalProgress> Hospitals,
    IReadOnlyList<HospitalPace>? Pace = null
)
{
    /// <summary>From the rows.</summary>
    public static JobView From(JobProgress job) =>
        new(
            job.Job,
            job.Model,
            job.State,
            job.Total,
            job.Finished,
            job.Hospitals.Sum(h => h.Scored),
            job.Hospitals.Sum(h => h.Excluded),
            job.Hospitals.Sum(h => h.Failed),
            job.Hospitals
        );
}
