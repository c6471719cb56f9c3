using CxrCluster.Contracts.Faults;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Jobs;
using CxrCluster.Storage.Catalogue;
using CxrCluster.Storage.Catalogue.Rows;
using CxrCluster.Storage.Scores;
using Microsoft.EntityFrameworkCore;

namespace CxrCluster.Storage.Jobs;

/// <remarks>This file: what the coordinator of a part does, fenced by its epoch.</remarks>
internal sealed partial class CatalogueJobStore
{
    private const string SetOutcome =
        "on conflict (job, ordinal) do update set outcome = excluded.outcome, sha256 = excluded.sha256";

    /// <inheritdoc />
    public Task<JobPart?> TakeOverAsync(JobId job, HospitalId hospital, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async context =>
            {
                IQueryable<JobPartRow> part = Part(context, job, hospital).Where(p => p.State == JobState.Running);
                int taken = await part.ExecuteUpdateAsync(
                    set => set.SetProperty(p => p.Epoch, p => p.Epoch + 1),
                    cancellationToken
                );
                if (taken == 0)
                    return null;
                long epoch = await part.Select(p => p.Epoch).SingleAsync(cancellationToken);
                JobRow header = await context.Jobs.SingleAsync(j => j.Id == job.Value, cancellationToken);
                return new JobPart(job, hospital, ModelId.Parse(header.Model), header.Priority, epoch);
            },
            cancellationToken
        );

    /// <inheritdoc />
    public Task<IReadOnlyList<JobItem>> ReadPendingAsync(
        JobId job,
        HospitalId hospital,
        long afterOrdinal,
        int count,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync<IReadOnlyList<JobItem>>(
            async context =>
            {
                (string id, string place) = (job.Value, hospital.Value);
                IQueryable<JobItemRow> page = context
                    .JobItems.Where(i => i.Job == id && i.Hospital == place && i.Outcome == null)
                    .Where(i => i.Ordinal > afterOrdinal)
                    .OrderBy(i => i.Ordinal)
                    .Take(count);
                var rows = await page.Join(
                        context.Instances,
                        item => new { item.Hospital, item.Uid },
                        instance => new { instance.Hospital, instance.Uid },
                        (item, instance) => new { item.Ordinal, Instance = instance }
                    )
                    .OrderBy(r => r.Ordinal)
                    .ToListAsync(cancellationToken);
                return [.. rows.Select(r => new JobItem(r.Ordinal, r.Instance.ToRecord()))];
            },
            cancellationToken
        );

    /// <inheritdoc />
    public Task<IReadOnlyList<ScoreRecord>> CommitAsync(
        JobPart part,
        IReadOnlyList<JobItemResult> results,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync<IReadOnlyList<ScoreRecord>>(
            async context =>
            {
                await FenceAsync(context, part, JobState.Running, cancellationToken);
                await RequireItemsAsync(context, part, results, cancellationToken);
                await context.RecordAsync(results.Select(r => r.Score), cancellationToken);
                ScoreRecord[] recorded = await ReadBackAsync(context, part, results, cancellationToken);
                JobItemRow[] items =
                [
                    .. results
                        .Zip(recorded, (result, score) => ItemRow(part, result.Ordinal, score))
                        .DistinctBy(i => i.Ordinal)
                        .OrderBy(i => i.Ordinal),
                ];
                await context.InsertAsync(items, SetOutcome, cancellationToken);
                return recorded;
            },
            cancellationToken
        );

    /// <inheritdoc />
    public Task CompleteAsync(JobPart part, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async context =>
            {
                (string job, string hospital) = (part.Job.Value, part.Hospital.Value);
                // Of two parts that complete at once, the second to get the lock sees that it is the last.
                await LockJobAsync(context, job, cancellationToken);
                await FenceAsync(context, part, JobState.Done, cancellationToken);
                int pending = await context.JobItems.CountAsync(
                    i => i.Job == job && i.Hospital == hospital && i.Outcome == null,
                    cancellationToken
                );
                if (await Range(context, job, hospital).AnyAsync(r => !r.Closed, cancellationToken))
                    throw new InvalidOperationException(
                        $"Job {job}, hospital {hospital} cannot be completed: its PACS is still being gathered. Run it again."
                    );
                if (pending > 0)
                    throw new InvalidOperationException(
                        $"Job {job}, hospital {hospital} cannot be completed: {pending} items are pending. Read them again."
                    );
                await context
                    .Jobs.Where(j => j.Id == job && j.State == JobState.Running)
                    .Where(j =>
                        !context.JobParts.Any(p =>
                            p.Job == j.Id && (p.State == JobState.Running || p.State == JobState.Paused)
                        )
                    )
                    .ExecuteUpdateAsync(set => set.SetProperty(j => j.State, JobState.Done), cancellationToken);
            },
            cancellationToken
        );

    private static IQueryable<JobPartRow> Part(CatalogueContext context, JobId job, HospitalId hospital)
    {
        (string id, string place) = (job.Value, hospital.Value);
        return context.JobParts.Where(p => p.Job == id && p.Hospital == place);
    }

    /// <summary>
    /// Sets the part's state if it runs under this epoch, and locks it until the transaction ends: whoever takes it over
    /// meanwhile waits, and from then on this epoch finds no row.
    /// </summary>
    private static async Task FenceAsync(
        CatalogueContext context,
        JobPart part,
        JobState state,
        CancellationToken cancellationToken
    )
    {
        int held = await Part(context, part.Job, part.Hospital)
            .Where(p => p.Epoch == part.Epoch && p.State == JobState.Running)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.State, state), cancellationToken);
        if (held == 0)
            throw new StaleCoordinatorException(
                $"Job {part.Job}, hospital {part.Hospital}: epoch {part.Epoch} is over; another coordinator has taken the "
                    + "part, or it is done or cancelled. Nothing was written; stop."
            );
    }

    /// <summary>A result must be about the image and the model of its item, or it would be listed under another one.</summary>
    private static async Task RequireItemsAsync(
        CatalogueContext context,
        JobPart part,
        IReadOnlyList<JobItemResult> results,
        CancellationToken cancellationToken
    )
    {
        string job = part.Job.Value;
        long[] ordinals = [.. results.Select(r => r.Ordinal)];
        Dictionary<long, JobItemRow> items = await context
            .JobItems.Where(i => i.Job == job && ordinals.Contains(i.Ordinal))
            .ToDictionaryAsync(i => i.Ordinal, cancellationToken);
        foreach ((long ordinal, ScoreRecord score) in results)
            if (
                !items.TryGetValue(ordinal, out JobItemRow? item)
                || item.Hospital != part.Hospital.Value
                || item.Hospital != score.Instance.Hospital.Value
                || item.Uid != score.Instance.Uid.Value
                || score.Model != part.Model
            )
                throw new InvalidOperationException(
                    $"Item {ordinal} of job {part.Job}, hospital {part.Hospital}, model {part.Model} is not image "
                        + $"{score.Instance} under model {score.Model}: a result was given to the wrong item."
                );
    }

    /// <summary>The results as the table has them now, one per result given.</summary>
    private static async Task<ScoreRecord[]> ReadBackAsync(
        CatalogueContext context,
        JobPart part,
        IReadOnlyList<JobItemResult> results,
        CancellationToken cancellationToken
    )
    {
        (string model, string hospital) = (part.Model.ToString(), part.Hospital.Value);
        string[] uids = [.. results.Select(r => r.Score.Instance.Uid.Value).Distinct(StringComparer.Ordinal)];
        Dictionary<(string Uid, string Sha256), ScoreRow> rows = await context
            .Scores.Where(s => s.Model == model && s.Hospital == hospital && uids.Contains(s.Uid))
            .ToDictionaryAsync(s => (s.Uid, s.Sha256), cancellationToken);
        return [.. results.Select(r => rows[(r.Score.Instance.Uid.Value, r.Score.Sha256)].ToRecord())];
    }

    private static JobItemRow ItemRow(JobPart part, long ordinal, ScoreRecord score) =>
        new()
        {
            Job = part.Job.Value,
            Ordinal = ordinal,
            Hospital = part.Hospital.Value,
            Uid = score.Instance.Uid.Value,
            Outcome = score.Score.Outcome,
            Sha256 = score.Sha256,
        };
}
