using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Jobs;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Storage.Catalogue;
using CxrCluster.Storage.Catalogue.Rows;
using Microsoft.EntityFrameworkCore;

namespace CxrCluster.Storage.Jobs;

/// <inheritdoc cref="IJobStore"/>
/// <remarks>
/// This file: creating, halting, retrying. Locks are taken in one order, job, part, items, scores, so that no two
/// transactions wait for each other on PostgreSQL; an update that sets a row to what it is serves as the lock on both engines.
/// </remarks>
internal sealed partial class CatalogueJobStore(CatalogueDatabase database) : IJobStore
{
    /// <inheritdoc />
    public Task CreateAsync(ScoringJobRecord job, IReadOnlyList<JobItemSeed> items, CancellationToken cancellationToken)
    {
        string id = job.Id.Value;
        JobRow row = new()
        {
            Id = id,
            Model = job.Model.ToString(),
            Priority = job.Priority,
            State = items.Count == 0 ? JobState.Done : JobState.Running,
            CreatedAt = job.CreatedAt,
        };
        JobItemRow[] itemRows =
        [
            .. items
                .OrderBy(i => i.Ordinal)
                .Select(i => new JobItemRow
                {
                    Job = id,
                    Ordinal = i.Ordinal,
                    Hospital = i.Instance.Hospital.Value,
                    Uid = i.Instance.Uid.Value,
                }),
        ];
        JobPartRow[] parts =
        [
            .. itemRows
                .Select(i => i.Hospital)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(hospital => new JobPartRow
                {
                    Job = id,
                    Hospital = hospital,
                    State = JobState.Running,
                    Epoch = 0,
                }),
        ];
        if (itemRows.DistinctBy(i => i.Ordinal).Count() < itemRows.Length)
            throw new InvalidOperationException($"Two items of job {id} have one ordinal: number them from 0.");
        return database.WriteAsync(
            async context =>
            {
                if (await context.InsertAsync([row], "on conflict do nothing", cancellationToken) == 0)
                    throw new InvalidOperationException($"There is a job {id} already: give the new one another id.");
                await context.InsertAsync(parts, "", cancellationToken);
                await context.InsertAsync(itemRows, "", cancellationToken);
                await RequireInstancesAsync(context, id, cancellationToken);
                await SettleAsync(context, id, cancellationToken);
            },
            cancellationToken
        );
    }

    /// <inheritdoc />
    public Task CancelAsync(JobId job, CancellationToken cancellationToken) =>
        MoveAsync(job, [JobState.Running, JobState.Paused], JobState.Cancelled, cancellationToken);

    /// <inheritdoc />
    public Task PauseAsync(JobId job, CancellationToken cancellationToken) =>
        MoveAsync(job, [JobState.Running], JobState.Paused, cancellationToken);

    /// <inheritdoc />
    public Task ResumeAsync(JobId job, CancellationToken cancellationToken) =>
        MoveAsync(job, [JobState.Paused], JobState.Running, cancellationToken);

    /// <inheritdoc />
    public Task<int> RetryFailedAsync(JobId job, CancellationToken cancellationToken)
    {
        string id = job.Value;
        return database.WriteAsync(
            async context =>
            {
                await LockJobAsync(context, id, cancellationToken);
                IQueryable<JobItemRow> failed = context.JobItems.Where(i =>
                    i.Job == id && i.Outcome == ImageOutcome.Failed
                );
                int parts = await context
                    .JobParts.Where(p => p.Job == id && failed.Any(i => i.Hospital == p.Hospital))
                    .ExecuteUpdateAsync(set => set.SetProperty(p => p.State, JobState.Running), cancellationToken);
                int fetches = await ReopenAsync(context, id, cancellationToken);
                if (parts == 0 && fetches == 0)
                    return 0;
                int items = await failed.ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(i => i.Outcome, (ImageOutcome?)null).SetProperty(i => i.Sha256, (string?)null),
                    cancellationToken
                );
                await SettleAsync(context, id, cancellationToken);
                await context
                    .Jobs.Where(j => j.Id == id)
                    .ExecuteUpdateAsync(set => set.SetProperty(j => j.State, JobState.Running), cancellationToken);
                return items + fetches;
            },
            cancellationToken
        );
    }

    /// <summary>Moves the job and its parts from one of some states to another; no coordinator of before writes on.</summary>
    private Task MoveAsync(JobId job, JobState[] from, JobState to, CancellationToken cancellationToken)
    {
        string id = job.Value;
        return database.WriteAsync(
            async context =>
            {
                await context
                    .Jobs.Where(j => j.Id == id && from.Contains(j.State))
                    .ExecuteUpdateAsync(set => set.SetProperty(j => j.State, to), cancellationToken);
                await context
                    .JobParts.Where(p => p.Job == id && from.Contains(p.State))
                    .ExecuteUpdateAsync(
                        set => set.SetProperty(p => p.State, to).SetProperty(p => p.Epoch, p => p.Epoch + 1),
                        cancellationToken
                    );
            },
            cancellationToken
        );
    }

    private static Task<int> LockJobAsync(CatalogueContext context, string job, CancellationToken cancellationToken) =>
        context
            .Jobs.Where(j => j.Id == job)
            .ExecuteUpdateAsync(set => set.SetProperty(j => j.State, j => j.State), cancellationToken);

    private static async Task RequireInstancesAsync(
        CatalogueContext context,
        string job,
        CancellationToken cancellationToken
    )
    {
        JobItemRow? orphan = await context
            .JobItems.Where(i =>
                i.Job == job && !context.Instances.Any(n => n.Hospital == i.Hospital && n.Uid == i.Uid)
            )
            .OrderBy(i => i.Ordinal)
            .FirstOrDefaultAsync(cancellationToken);
        if (orphan is not null)
            throw new InvalidOperationException(
                $"Job {job} names image {orphan.Hospital}/{orphan.Uid}, which is not in the ledger: take it in first."
            );
    }

    /// <summary>Pending items whose image, as it is now, has a Scored or Excluded result under the job's model get that
    /// state. (In SQL: EF's translation of such an update is refused by SQLite.)</summary>
    private static Task<int> SettleAsync(CatalogueContext context, string job, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlAsync(
            $"""
            update job_item set outcome = score.outcome, sha256 = score.sha256
            from job, instance, score
            where job_item.job = {job} and job_item.outcome is null
                and job.id = job_item.job
                and instance.hospital = job_item.hospital and instance.uid = job_item.uid
                and score.model = job.model and score.hospital = instance.hospital and score.uid = instance.uid
                and score.sha256 = instance.sha256
                and score.outcome in ('Scored', 'Excluded')
            """,
            cancellationToken
        );
}
