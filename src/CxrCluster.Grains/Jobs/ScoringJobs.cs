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
        ScoringJobRecord job = NewJob(model, priority);
        await jobs.CreateAsync(
            job,
            [.. instances.Select((instance, ordinal) => new JobItemSeed(ordinal, instance))],
            cancellationToken
        );
        await WakeAsync(job.Id, cancellationToken);
        return job.Id;
    }

    /// <summary>A job over what the hospitals' PACSs hold for study dates, both ends included: they are looked through first,
    /// and images are scored while others still arrive.</summary>
    public async Task<JobId> SubmitOverPacsAsync(
        ModelId model,
        IReadOnlyList<HospitalId> hospitals,
        DateOnly from,
        DateOnly to,
        CancellationToken cancellationToken
    )
    {
        ScoringJobRecord job = NewJob(model, ScoringPriority.Bulk);
        await jobs.CreateOverPacsAsync(job, hospitals, from, to, cancellationToken);
        await WakeAsync(job.Id, cancellationToken);
        return job.Id;
    }

    /// <summary>Stops the job; what was scored stays scored.</summary>
    public async Task CancelAsync(JobId job, CancellationToken cancellationToken)
    {
        await jobs.CancelAsync(job, cancellationToken);
        await StopAsync(job, cancellationToken);
    }

    /// <summary>Halts the job until it is resumed; what was scored stays scored.</summary>
    public async Task PauseAsync(JobId job, CancellationToken cancellationToken)
    {
        await jobs.PauseAsync(job, cancellationToken);
        await StopAsync(job, cancellationToken);
    }

    /// <summary>Lets a paused job go on.</summary>
    public async Task ResumeAsync(JobId job, CancellationToken cancellationToken)
    {
        await jobs.ResumeAsync(job, cancellationToken);
        await WakeAsync(job, cancellationToken);
    }

    /// <summary>Takes up the failed items again. Returns how many.</summary>
    public async Task<int> RetryFailedAsync(JobId job, CancellationToken cancellationToken)
    {
        int items = await jobs.RetryFailedAsync(job, cancellationToken);
        await WakeAsync(job, cancellationToken);
        return items;
    }

    private ScoringJobRecord NewJob(ModelId model, ScoringPriority priority)
    {
        DateTimeOffset now = time.GetUtcNow();
        var id = new JobId($"{now:yyyyMMdd-HHmmss}-{Guid.NewGuid().ToString("N")[..8]}");
        return new ScoringJobRecord(id, model, priority, now);
    }

    private async Task StopAsync(JobId job, CancellationToken cancellationToken)
    {
        foreach (HospitalId hospital in await HospitalsAsync(job, cancellationToken))
            await grains.GetGrain<IScoringJobGrain>($"{job}/{hospital}").Stop();
    }

    private async Task WakeAsync(JobId job, CancellationToken cancellationToken)
    {
        foreach (HospitalId hospital in await HospitalsAsync(job, cancellationToken))
            await grains.GetGrain<IScoringJobGrain>($"{job}/{hospital}").EnsureRunning();
    }

    private async Task<IEnumerable<HospitalId>> HospitalsAsync(JobId job, CancellationToken cancellationToken) =>
        (await jobs.ReadProgressAsync(job, cancellationToken))?.Hospitals.Select(h => h.Hospital) ?? [];
}
