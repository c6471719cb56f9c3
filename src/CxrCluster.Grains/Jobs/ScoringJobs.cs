using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Jobs;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Storage.Jobs;

namespace CxrCluster.Grains.Jobs;

/// <summary>Submits, cancels and retries jobs: rows first, then the coordinators are woken.</summary>
public sealed class ScoringJobs(IJobStore jobs, IGrainFactory grains, TimeProvider time)
{
    /// <summary>A job over images that are in the ledger, in this order; results are listed in the same order.</summary>
    public async Task<JobId> SubmitAsync(
        ModelId model,
        IReadOnlyList<InstanceId> instances,
        ScoringPriority priority,
        CancellationToken cancellationToken
    )
    {
        DateTimeOffset now = time.GetUtcNow();
        var id = new JobId($"{now:yyyyMMdd-HHmmss}-{Guid.NewGuid().ToString("N")[..8]}");
        await jobs.CreateAsync(
            new ScoringJobRecord(id, model, priority, now),
            [.. instances.Select((instance, ordinal) => new JobItemSeed(ordinal, instance))],
            cancellationToken
        );
        await WakeAsync(id, cancellationToken);
        return id;
    }

    /// <summary>Stops the job; what was scored stays scored.</summary>
    public async Task CancelAsync(JobId job, CancellationToken cancellationToken)
    {
        await jobs.CancelAsync(job, cancellationToken);
        foreach (HospitalId hospital in await HospitalsAsync(job, cancellationToken))
            await grains.GetGrain<IScoringJobGrain>($"{job}/{hospital}").Stop();
    }

    /// <summary>Takes up the failed items again. Returns how many.</summary>
    public async Task<int> RetryFailedAsync(JobId job, CancellationToken cancellationToken)
    {
        int items = await jobs.RetryFailedAsync(job, cancellationToken);
        await WakeAsync(job, cancellationToken);
        return items;
    }

    private async Task WakeAsync(JobId job, CancellationToken cancellationToken)
    {
        foreach (HospitalId hospital in await HospitalsAsync(job, cancellationToken))
            await grains.GetGrain<IScoringJobGrain>($"{job}/{hospital}").EnsureRunning();
    }

    private async Task<IEnumerable<HospitalId>> HospitalsAsync(JobId job, CancellationToken cancellationToken) =>
        (await jobs.ReadProgressAsync(job, cancellationToken))?.Hospitals.Select(h => h.Hospital) ?? [];
}
