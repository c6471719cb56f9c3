using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Jobs;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Gateway.Audit;
using CxrCluster.Gateway.Security;
using CxrCluster.Grains.Jobs;
using CxrCluster.Grains.Models;
using CxrCluster.Storage.Instances;
using CxrCluster.Storage.Jobs;
using CxrCluster.Storage.Pacs;

namespace CxrCluster.Gateway.Jobs;

/// <summary>Jobs as API and pages handle them: only those whose every hospital may be seen.</summary>
internal sealed class JobDesk(
    ScoringJobs jobs,
    IJobStore store,
    IInstanceStore instances,
    IPacsStore pacs,
    ModelRegistry models,
    Visibility visibility,
    AuditTrail audit
)
{
    private const int MostListed = 200;

    /// <summary>Starts a job of priority bulk, over the ledger or over what PACSs hold.</summary>
    /// <exception cref="BadHttpRequestException">400: no image matches, or a hospital has no PACS; 403: a hospital may not be
    /// seen.</exception>
    public async Task<JobView> SubmitAsync(HttpContext http, JobRequest request, CancellationToken cancellationToken)
    {
        IReadOnlyList<HospitalId>? hospitals = visibility.Scope(request.Hospitals.Named);
        ModelId model = await models.ResolveAsync(request.Model, cancellationToken);
        JobId id = await SourcesAsync(request, hospitals, cancellationToken) is { } sources
            ? await jobs.SubmitOverPacsAsync(
                model,
                sources,
                DayOf(request.From!.Value),
                DayOf(request.To!.Value),
                cancellationToken
            )
            : await jobs.SubmitAsync(
                model,
                await ImagesAsync(request, hospitals, cancellationToken),
                ScoringPriority.Bulk,
                cancellationToken
            );
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

    /// <summary>Halts it until it is resumed.</summary>
    public async Task<JobView> PauseAsync(HttpContext http, JobId id, CancellationToken cancellationToken)
    {
        await FindAsync(id, cancellationToken);
        await audit.WriteAsync(http, "job-pause", subject: id.ToString());
        await jobs.PauseAsync(id, cancellationToken);
        return JobView.From(await FindAsync(id, cancellationToken));
    }

    /// <summary>Lets it go on.</summary>
    public async Task<JobView> ResumeAsync(HttpContext http, JobId id, CancellationToken cancellationToken)
    {
        await FindAsync(id, cancellationToken);
        await audit.WriteAsync(http, "job-resume", subject: id.ToString());
        await jobs.ResumeAsync(id, cancellationToken);
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

    /// <summary>The hospitals whose PACSs the job is over; null when it is over the ledger.</summary>
    private async Task<IReadOnlyList<HospitalId>?> SourcesAsync(
        JobRequest request,
        IReadOnlyList<HospitalId>? hospitals,
        CancellationToken cancellationToken
    )
    {
        bool days = IsDay(request.From) && IsDay(request.To);
        if (request.Over == JobScope.Ledger || (request.Over is null && !days))
            return null;
        if (!days || request.From > request.To)
            throw new BadHttpRequestException(
                "A job over PACSs is over study dates: give from and to as days, such as 2020-03-01 and 2020-04-30, in this order."
            );
        HospitalId[] known = [.. (await pacs.ListSourcesAsync(cancellationToken)).Select(s => s.Hospital)];
        HospitalId[] wanted = hospitals is null ? known : [.. hospitals];
        if (wanted.Length > 0 && wanted.All(known.Contains))
            return wanted;
        return request.Over is null
            ? null
            : throw new BadHttpRequestException(
                wanted.Length == 0
                    ? "No hospital has a PACS here. Add one first: 'cxr pacs add HOSPITAL --dicomweb URL'."
                    : $"These hospitals have no PACS here: {string.Join(", ", wanted.Except(known))}. Add them first, or leave them out."
            );
    }

    private async Task<IReadOnlyList<InstanceId>> ImagesAsync(
        JobRequest request,
        IReadOnlyList<HospitalId>? hospitals,
        CancellationToken cancellationToken
    )
    {
        var images = new List<InstanceId>();
        await foreach (
            InstanceRecord image in instances.ListAsync(hospitals, request.From, request.To, cancellationToken)
        )
            images.Add(image.Id);
        return images.Count > 0
            ? images
            : throw new BadHttpRequestException(
                "No image in the ledger is of these hospitals and times. Admit images first, or ask for others."
            );
    }

    private static bool IsDay(DateTimeOffset? time) => time is { UtcDateTime: { TimeOfDay.Ticks: 0 } };

    private static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);
}
