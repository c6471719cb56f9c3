using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Jobs;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Gateway.Audit;
using CxrCluster.Gateway.Security;
using CxrCluster.Grains.Jobs;
using CxrCluster.Grains.Models;
using CxrCluster.Storage.Instances;
using CxrCluster.Storage.Jobs;

namespace CxrCluster.Gateway.Jobs;

/// <summary>Jobs as API and pages handle them: only those whose every hospital may be seen.</summary>
internal sealed class JobDesk(
    ScoringJobs jobs,
    IJobStore store,
    IInstanceStore instances,
    ModelRegistry models,
    Visibility visibility,
    AuditTrail audit
)
{
    private const int MostListed = 200;

    /// <summary>Starts a job over images of the ledger, of priority bulk.</summary>
    /// <exception cref="BadHttpRequestException">400: no image matches; 403: a hospital may not be seen.</exception>
    public async Task<JobView> SubmitAsync(HttpContext http, JobRequest request, CancellationToken cancellationToken)
    {
        IReadOnlyList<HospitalId>? hospitals = visibility.Scope(request.Hospitals.Named);
        ModelId model = await models.ResolveAsync(request.Model, cancellationToken);
        var images = new List<InstanceId>();
        await foreach (
            InstanceRecord image in instances.ListAsync(hospitals, request.From, request.To, cancellationToken)
        )
            images.Add(image.Id);
        if (images.Count == 0)
            throw new BadHttpRequestException(
                "No image in the ledger is of these hospitals and times. Admit images first, or ask for others."
            );
        JobId id = await jobs.SubmitAsync(model, images, ScoringPriority.Bulk, cancellationToken);
        await audit.WriteAsync(http, "job-submit", hospitals is [var only] ? only : null, id.ToString());
        return JobView.From(await FindAsync(id, cancellationToken));
    }

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<JobView>> ListAsync(CancellationToken cancellationToken) =>
        [
            .. (await store.ListAsync(MostListed, cancellationToken))
                .Where(j => j.Hospitals.All(h => visibility.MaySee(h.Hospital)))
                .Select(JobView.From),
        ];

    /// <exception cref="BadHttpRequestException">404: there is no such job; 403: a hospital of it may not be seen.</exception>
    public async Task<JobProgress> FindAsync(JobId id, CancellationToken cancellationToken)
    {
        JobProgress job =
            await store.ReadProgressAsync(id, cancellationToken)
            ?? throw new BadHttpRequestException(
                $"There is no job {id}. Take its id from the list of jobs.",
                StatusCodes.Status404NotFound
            );
        foreach (HospitalProgress part in job.Hospitals)
            visibility.Demand(part.Hospital);
        return job;
    }

    /// <summary>Stops it; what was scored stays scored.</summary>
    public async Task<JobView> CancelAsync(HttpContext http, JobId id, CancellationToken cancellationToken)
    {
        await FindAsync(id, cancellationToken);
        await audit.WriteAsync(http, "job-cancel", subject: id.ToString());
        await jobs.CancelAsync(id, cancellationToken);
        return JobView.From(await FindAsync(id, cancellationToken));
    }

    /// <summary>Takes up its failed images again.</summary>
    public async Task<JobView> RetryAsync(HttpContext http, JobId id, CancellationToken cancellationToken)
    {
        await FindAsync(id, cancellationToken);
        await audit.WriteAsync(http, "job-retry", subject: id.ToString());
        await jobs.RetryFailedAsync(id, cancellationToken);
        return JobView.From(await FindAsync(id, cancellationToken));
    }
}
