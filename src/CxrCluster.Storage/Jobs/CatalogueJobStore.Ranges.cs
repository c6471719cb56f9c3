using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Jobs;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Storage.Catalogue;
using CxrCluster.Storage.Catalogue.Rows;
using CxrCluster.Storage.Pacs;
using Microsoft.EntityFrameworkCore;

namespace CxrCluster.Storage.Jobs;

/// <remarks>This file: jobs over what a PACS holds. Their items are added while instances arrive.</remarks>
internal sealed partial class CatalogueJobStore
{
    /// <inheritdoc />
    public Task CreateOverPacsAsync(
        ScoringJobRecord job,
        IReadOnlyList<HospitalId> hospitals,
        DateOnly from,
        DateOnly to,
        CancellationToken cancellationToken
    )
    {
        JobRow row = new()
        {
            Id = job.Id.Value,
            Model = job.Model.ToString(),
            Priority = job.Priority,
            State = JobState.Running,
            CreatedAt = job.CreatedAt,
        };
        string[] places =
        [
            .. hospitals.Select(h => h.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
        if (places.Length == 0)
            throw new InvalidOperationException($"Job {job.Id} names no hospital: give one that has a PACS.");
        return database.WriteAsync(
            async context =>
            {
                if (await context.InsertAsync([row], "on conflict do nothing", cancellationToken) == 0)
                    throw new InvalidOperationException(
                        $"There is a job {job.Id} already: give the new one another id."
                    );
                await context.InsertAsync(
                    [
                        .. places.Select(place => new JobPartRow
                        {
                            Job = row.Id,
                            Hospital = place,
                            State = JobState.Running,
                            Epoch = 0,
                        }),
                    ],
                    "",
                    cancellationToken
                );
                await context.InsertAsync(
                    [
                        .. places.Select(place => new JobRangeRow
                        {
                            Job = row.Id,
                            Hospital = place,
                            FromDate = PacsStudyRow.Number(from)!.Value,
                            ToDate = PacsStudyRow.Number(to)!.Value,
                            Swept = false,
                            Closed = false,
                        }),
                    ],
                    "",
                    cancellationToken
                );
            },
            cancellationToken
        );
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<JobRange>> ListOpenRangesAsync(
        HospitalId hospital,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync<IReadOnlyList<JobRange>>(
            async context =>
            {
                string place = hospital.Value;
                List<JobRangeRow> rows = await context
                    .JobRanges.Where(r => r.Hospital == place && !r.Closed)
                    .Where(r =>
                        context.JobParts.Any(p => p.Job == r.Job && p.Hospital == place && p.State == JobState.Running)
                    )
                    .OrderBy(r => r.Job)
                    .ToListAsync(cancellationToken);
                return
                [
                    .. rows.Select(r => new JobRange(
                        new JobId(r.Job),
                        hospital,
                        Date(r.FromDate),
                        Date(r.ToDate),
                        r.Swept
                    )),
                ];
            },
            cancellationToken
        );

    /// <inheritdoc />
    public Task NoteSweptAsync(JobId job, HospitalId hospital, CancellationToken cancellationToken) =>
        database.WriteAsync(
            context =>
                Range(context, job.Value, hospital.Value)
                    .ExecuteUpdateAsync(set => set.SetProperty(r => r.Swept, true), cancellationToken),
            cancellationToken
        );

    /// <inheritdoc />
    public Task<bool> GatherAsync(JobId job, HospitalId hospital, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async context =>
            {
                (string id, string place) = (job.Value, hospital.Value);
                // Ordinals are given out one transaction after the other, so that a reader who has passed one misses none.
                await LockJobAsync(context, id, cancellationToken);
                bool runs = await Part(context, job, hospital)
                    .AnyAsync(p => p.State == JobState.Running, cancellationToken);
                if (
                    !runs
                    || await Range(context, id, place).SingleOrDefaultAsync(cancellationToken)
                        is not { Closed: false } range
                )
                    return true;
                await AddItemsAsync(context, range, cancellationToken);
                return await CloseAsync(context, range, cancellationToken);
            },
            cancellationToken
        );

    /// <inheritdoc />
    public Task<bool> IsGatheringAsync(JobId job, HospitalId hospital, CancellationToken cancellationToken) =>
        database.ReadAsync(
            context => Range(context, job.Value, hospital.Value).AnyAsync(r => !r.Closed, cancellationToken),
            cancellationToken
        );

    private static DateOnly Date(int number) => new(number / 10000, number / 100 % 100, number % 100);

    private static IQueryable<JobRangeRow> Range(CatalogueContext context, string job, string hospital) =>
        context.JobRanges.Where(r => r.Job == job && r.Hospital == hospital);

    /// <summary>Rows of the ledger that a range covers.</summary>
    private static IQueryable<PacsInstanceRow> Covered(CatalogueContext context, JobRangeRow range) =>
        context.PacsInstances.Where(i =>
            i.Hospital == range.Hospital
            && context.PacsStudies.Any(s =>
                s.Hospital == range.Hospital && s.Uid == i.Study && s.Date >= range.FromDate && s.Date <= range.ToDate
            )
        );

    private static async Task AddItemsAsync(
        CatalogueContext context,
        JobRangeRow range,
        CancellationToken cancellationToken
    )
    {
        string[] uids = await Covered(context, range)
            .Where(i => i.Sha256 != null)
            .Where(i =>
                !context.JobItems.Any(t => t.Job == range.Job && t.Hospital == range.Hospital && t.Uid == i.Uid)
            )
            .OrderBy(i => i.Uid)
            .Select(i => i.Uid)
            .ToArrayAsync(cancellationToken);
        if (uids.Length == 0)
            return;
        long next =
            (
                await context.JobItems.Where(i => i.Job == range.Job).MaxAsync(i => (long?)i.Ordinal, cancellationToken)
                ?? -1
            ) + 1;
        await context.InsertAsync(
            [
                .. uids.Select(
                    (uid, n) =>
                        new JobItemRow
                        {
                            Job = range.Job,
                            Ordinal = next + n,
                            Hospital = range.Hospital,
                            Uid = uid,
                        }
                ),
            ],
            "",
            cancellationToken
        );
        await SettleAsync(context, range.Job, cancellationToken);
        // Content that came back has its result from before: the ledger hears of it here.
        await context
            .PacsInstances.Where(i => i.Hospital == range.Hospital && i.State == PacsInstanceState.Fetched)
            .Where(i =>
                context.JobItems.Any(t =>
                    t.Job == range.Job
                    && t.Hospital == range.Hospital
                    && t.Uid == i.Uid
                    && t.Sha256 == i.Sha256
                    && t.Outcome == ImageOutcome.Scored
                )
            )
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.State, PacsInstanceState.Scored), cancellationToken);
    }

    /// <summary>Closes the range when the PACS was looked through, every study in it is settled, and nothing is on its way.</summary>
    private static async Task<bool> CloseAsync(
        CatalogueContext context,
        JobRangeRow range,
        CancellationToken cancellationToken
    )
    {
        if (
            !range.Swept
            || await context.PacsStudies.AnyAsync(
                s => s.Hospital == range.Hospital && !s.Settled && s.Date >= range.FromDate && s.Date <= range.ToDate,
                cancellationToken
            )
            || await Covered(context, range)
                .AnyAsync(
                    i => i.Sha256 == null && (i.State == PacsInstanceState.Seen || i.State == PacsInstanceState.Failed),
                    cancellationToken
                )
        )
            return false;
        await Range(context, range.Job, range.Hospital)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.Closed, true), cancellationToken);
        return true;
    }

    /// <summary>Fetches again what was parked without ever being fetched. Returns how many.</summary>
    private static async Task<int> ReopenAsync(
        CatalogueContext context,
        string job,
        CancellationToken cancellationToken
    )
    {
        int reopened = 0;
        foreach (JobRangeRow range in await context.JobRanges.Where(r => r.Job == job).ToListAsync(cancellationToken))
        {
            int here = await Covered(context, range)
                .Where(i => i.Sha256 == null && i.State == PacsInstanceState.Parked)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(i => i.State, PacsInstanceState.Seen)
                            .SetProperty(i => i.Attempts, 0)
                            .SetProperty(i => i.NextAttempt, (DateTimeOffset?)null),
                    cancellationToken
                );
            if (here == 0)
                continue;
            await Range(context, job, range.Hospital)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.Closed, false), cancellationToken);
            await context
                .JobParts.Where(p => p.Job == job && p.Hospital == range.Hospital)
                .ExecuteUpdateAsync(set => set.SetProperty(p => p.State, JobState.Running), cancellationToken);
            reopened += here;
        }
        return reopened;
    }

    /// <summary>What the ledger says about the ranges of jobs.</summary>
    private static async Task<Dictionary<(string Job, string Hospital), PacsProgress>> PacsProgressAsync(
        CatalogueContext context,
        string[] jobs,
        CancellationToken cancellationToken
    )
    {
        var progress = new Dictionary<(string, string), PacsProgress>();
        foreach (
            JobRangeRow range in await context.JobRanges.Where(r => jobs.Contains(r.Job)).ToListAsync(cancellationToken)
        )
        {
            var counts = await Covered(context, range)
                .GroupBy(i => new { i.State, Fetched = i.Sha256 != null })
                .Select(g => new
                {
                    g.Key.State,
                    g.Key.Fetched,
                    Count = g.Count(),
                })
                .ToListAsync(cancellationToken);
            progress[(range.Job, range.Hospital)] = new PacsProgress(
                counts.Sum(c => c.Count),
                counts.Where(c => c.Fetched).Sum(c => c.Count),
                counts.Where(c => !c.Fetched && c.State == PacsInstanceState.Excluded).Sum(c => c.Count),
                counts.Where(c => !c.Fetched && c.State == PacsInstanceState.Parked).Sum(c => c.Count),
                range.Closed
            );
        }
        return progress;
    }
}
