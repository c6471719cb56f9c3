using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Jobs;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Storage.Catalogue;
using CxrCluster.Storage.Catalogue.Rows;
using CxrCluster.Storage.Scores;
using Microsoft.EntityFrameworkCore;

namespace CxrCluster.Storage.Jobs;

/// <remarks>This file: progress and results. Counts are counted, over an index, rather than kept: they cannot drift.</remarks>
internal sealed partial class CatalogueJobStore
{
    /// <inheritdoc />
    public Task<IReadOnlyList<(JobId Job, HospitalId Hospital)>> ListRunningAsync(
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync<IReadOnlyList<(JobId, HospitalId)>>(
            async context =>
            {
                List<JobPartRow> parts = await context
                    .JobParts.Where(p => p.State == JobState.Running)
                    .OrderBy(p => p.Job)
                    .ThenBy(p => p.Hospital)
                    .ToListAsync(cancellationToken);
                return [.. parts.Select(p => (new JobId(p.Job), new HospitalId(p.Hospital)))];
            },
            cancellationToken
        );

    /// <inheritdoc />
    public async Task<JobProgress?> ReadProgressAsync(JobId job, CancellationToken cancellationToken)
    {
        string id = job.Value;
        return (await ProgressAsync(jobs => jobs.Where(j => j.Id == id), cancellationToken)).SingleOrDefault();
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<JobProgress>> ListAsync(int limit, CancellationToken cancellationToken) =>
        ProgressAsync(
            jobs => jobs.OrderByDescending(j => j.CreatedAt).ThenByDescending(j => j.Id).Take(limit),
            cancellationToken
        );

    /// <inheritdoc />
    public IAsyncEnumerable<(long Ordinal, ScoredInstance Result)> ReadResultsAsync(
        JobId job,
        long fromOrdinal,
        CancellationToken cancellationToken
    )
    {
        string id = job.Value;
        return KeysetStream
            .ReadAsync<ResultRow>(
                (last, count) =>
                    database.ReadAsync(
                        context =>
                            ResultsAsync(context, id, last?.Ordinal + 1 ?? fromOrdinal, count, cancellationToken),
                        cancellationToken
                    ),
                cancellationToken
            )
            .Select(row => (row.Ordinal, new ScoredInstance(row.Instance.ToRecord(), row.Score.ToRecord())));
    }

    private static Task<List<ResultRow>> ResultsAsync(
        CatalogueContext context,
        string job,
        long fromOrdinal,
        int count,
        CancellationToken cancellationToken
    )
    {
        // The page first, then what belongs to it: joined the other way round, PostgreSQL reads whole tables for each page.
        IQueryable<JobItemRow> page = context
            .JobItems.Where(i => i.Job == job && i.Outcome != null && i.Ordinal >= fromOrdinal)
            .OrderBy(i => i.Ordinal)
            .Take(count);
        return (
            from item in page
            join header in context.Jobs on item.Job equals header.Id
            join instance in context.Instances
                on new { item.Hospital, item.Uid } equals new { instance.Hospital, instance.Uid }
            join score in context.Scores
                on new
                {
                    header.Model,
                    item.Hospital,
                    item.Uid,
                    Sha256 = item.Sha256!,
                } equals new
                {
                    score.Model,
                    score.Hospital,
                    score.Uid,
                    score.Sha256,
                }
            orderby item.Ordinal
            select new ResultRow
            {
                Ordinal = item.Ordinal,
                Instance = instance,
                Score = score,
            }
        ).ToListAsync(cancellationToken);
    }

    private Task<IReadOnlyList<JobProgress>> ProgressAsync(
        Func<IQueryable<JobRow>, IQueryable<JobRow>> which,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync<IReadOnlyList<JobProgress>>(
            async context =>
            {
                // States before counts: a job that is seen Done is seen with all its items final.
                List<JobRow> jobs = await which(context.Jobs).ToListAsync(cancellationToken);
                string[] ids = [.. jobs.Select(j => j.Id)];
                ILookup<string, JobPartRow> parts = (
                    await context.JobParts.Where(p => ids.Contains(p.Job)).ToListAsync(cancellationToken)
                ).ToLookup(p => p.Job);
                var counts = await context
                    .JobItems.Where(i => ids.Contains(i.Job))
                    .GroupBy(i => new
                    {
                        i.Job,
                        i.Hospital,
                        i.Outcome,
                    })
                    .Select(g => new
                    {
                        g.Key.Job,
                        g.Key.Hospital,
                        g.Key.Outcome,
                        Count = g.Count(),
                    })
                    .ToListAsync(cancellationToken);
                Dictionary<(string Job, string Hospital), PacsProgress> gathered = await PacsProgressAsync(
                    context,
                    ids,
                    cancellationToken
                );
                var byPart = counts.ToLookup(c => (c.Job, c.Hospital), c => (c.Outcome, c.Count));
                return
                [
                    .. jobs.Select(job => new JobProgress(
                        new JobId(job.Id),
                        ModelId.Parse(job.Model),
                        job.State,
                        [
                            .. parts[job.Id]
                                .OrderBy(p => p.Hospital, StringComparer.Ordinal)
                                .Select(p =>
                                    HospitalProgress(
                                        p,
                                        [.. byPart[(p.Job, p.Hospital)]],
                                        gathered.GetValueOrDefault((p.Job, p.Hospital))
                                    )
                                ),
                        ]
                    )),
                ];
            },
            cancellationToken
        );

    private static HospitalProgress HospitalProgress(
        JobPartRow part,
        (ImageOutcome? Outcome, int Count)[] counts,
        PacsProgress? pacs
    )
    {
        return new HospitalProgress(
            new HospitalId(part.Hospital),
            part.State,
            Math.Max(counts.Sum(c => c.Count), pacs?.Seen ?? 0),
            Of(ImageOutcome.Scored),
            Of(ImageOutcome.Excluded) + (pacs?.Excluded ?? 0),
            Of(ImageOutcome.Failed) + (pacs?.Failed ?? 0),
            pacs
        );

        int Of(ImageOutcome outcome) => counts.Where(c => c.Outcome == outcome).Sum(c => c.Count);
    }

    private sealed class ResultRow
    {
        public required long Ordinal { get; init; }
        public required InstanceRow Instance { get; init; }
        public required ScoreRow Score { get; init; }
    }
}
