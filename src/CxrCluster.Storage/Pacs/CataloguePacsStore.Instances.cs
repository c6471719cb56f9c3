using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Jobs;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Storage.Catalogue;
using CxrCluster.Storage.Catalogue.Rows;
using CxrCluster.Storage.Instances;
using Microsoft.EntityFrameworkCore;

namespace CxrCluster.Storage.Pacs;

/// <remarks>This file: the way of one instance.</remarks>
internal sealed partial class CataloguePacsStore
{
    private const string RevisionAction = "pacs-revision";

    /// <inheritdoc />
    public Task<IReadOnlyList<PacsInstanceRecord>> ReadToFetchAsync(
        HospitalId hospital,
        DateTimeOffset now,
        int count,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync<IReadOnlyList<PacsInstanceRecord>>(
            async context =>
            {
                string id = hospital.Value;
                List<PacsInstanceRow> rows = await context
                    .PacsInstances.Where(i => i.Hospital == id)
                    .Where(i =>
                        i.State == PacsInstanceState.Seen
                        || (i.State == PacsInstanceState.Failed && i.Sha256 == null)
                        || i.Refetch
                    )
                    .Where(i => i.NextAttempt == null || i.NextAttempt <= now)
                    .OrderByDescending(i => i.Urgent)
                    .ThenBy(i => i.Refetch)
                    .ThenBy(i => i.Uid)
                    .Take(count)
                    .ToListAsync(cancellationToken);
                return [.. rows.Select(r => r.ToRecord())];
            },
            cancellationToken
        );

    /// <inheritdoc />
    public Task<IReadOnlyList<(InstanceRecord Instance, bool Urgent)>> ReadToScoreAsync(
        HospitalId hospital,
        DateTimeOffset now,
        int count,
        bool onlyUrgent,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync<IReadOnlyList<(InstanceRecord, bool)>>(
            async context =>
            {
                string id = hospital.Value;
                IQueryable<PacsInstanceRow> due = context
                    .PacsInstances.Where(i => i.Hospital == id && i.Sha256 != null)
                    .Where(i => i.State == PacsInstanceState.Fetched || i.State == PacsInstanceState.Failed)
                    .Where(i => i.NextAttempt == null || i.NextAttempt <= now)
                    .Where(i => i.Urgent || !onlyUrgent)
                    .Where(i =>
                        i.Urgent
                        || !context.JobRanges.Any(r =>
                            r.Hospital == id
                            && context.JobParts.Any(p =>
                                p.Job == r.Job && p.Hospital == id && p.State == JobState.Running
                            )
                            && context.PacsStudies.Any(s =>
                                s.Hospital == id && s.Uid == i.Study && s.Date >= r.FromDate && s.Date <= r.ToDate
                            )
                        )
                    );
                var rows = await due.Join(
                        context.Instances.Where(n => n.Hospital == id),
                        i => i.Uid,
                        n => n.Uid,
                        (i, n) => new { i.Urgent, Instance = n }
                    )
                    .OrderByDescending(r => r.Urgent)
                    .ThenBy(r => r.Instance.Uid)
                    .Take(count)
                    .ToListAsync(cancellationToken);
                return [.. rows.Select(r => (r.Instance.ToRecord(), r.Urgent))];
            },
            cancellationToken
        );

    /// <inheritdoc />
    public Task FetchedAsync(PacsLease lease, InstanceRecord instance, CancellationToken cancellationToken) =>
        FencedAsync(
            lease,
            async context =>
            {
                IQueryable<PacsInstanceRow> entry = Entry(context, instance.Id);
                if (await entry.SingleOrDefaultAsync(cancellationToken) is not { } before)
                    throw new InvalidOperationException(
                        $"Image {instance.Id} was fetched but never seen: note it first."
                    );
                await context.InsertAsync(
                    [InstanceRow.From(instance)],
                    CatalogueInstanceStore.KeepWhatIsNotGiven,
                    cancellationToken
                );
                if (before.Sha256 == instance.Sha256)
                    return await entry.ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(i => i.Refetch, false)
                                .SetProperty(i => i.NextAttempt, (DateTimeOffset?)null),
                        cancellationToken
                    );
                if (before.Sha256 is not null)
                    await AuditRevisionAsync(context, instance, before.Revision + 1, cancellationToken);
                return await entry.ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(i => i.State, PacsInstanceState.Fetched)
                            .SetProperty(i => i.Sha256, instance.Sha256)
                            .SetProperty(i => i.Revision, i => i.Revision + 1)
                            .SetProperty(i => i.Attempts, 0)
                            .SetProperty(i => i.NextAttempt, (DateTimeOffset?)null)
                            .SetProperty(i => i.ReasonCode, (string?)null)
                            .SetProperty(i => i.ReasonText, (string?)null)
                            .SetProperty(i => i.Refetch, false),
                    cancellationToken
                );
            },
            cancellationToken
        );

    /// <inheritdoc />
    public Task FetchFailedAsync(
        PacsLease lease,
        SopInstanceUid uid,
        Reason reason,
        DateTimeOffset? next,
        CancellationToken cancellationToken
    ) =>
        FencedAsync(
            lease,
            async context =>
            {
                IQueryable<PacsInstanceRow> entry = Entry(context, new InstanceId(lease.Hospital, uid));
                // What has content keeps its state: only looking again has failed.
                await entry
                    .Where(i => i.Sha256 == null)
                    .ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(
                                    i => i.State,
                                    next == null ? PacsInstanceState.Parked : PacsInstanceState.Failed
                                )
                                .SetProperty(i => i.ReasonCode, reason.Code)
                                .SetProperty(i => i.ReasonText, reason.Text),
                        cancellationToken
                    );
                return await entry.ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(i => i.Attempts, i => i.Attempts + 1)
                            .SetProperty(i => i.NextAttempt, next)
                            .SetProperty(i => i.Refetch, i => i.Refetch && next != null),
                    cancellationToken
                );
            },
            cancellationToken
        );

    /// <inheritdoc />
    public Task<PacsInstanceRecord?> FindAsync(InstanceId id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async context => (await Entry(context, id).SingleOrDefaultAsync(cancellationToken))?.ToRecord(),
            cancellationToken
        );

    /// <inheritdoc />
    public Task<IReadOnlyList<(HospitalId Hospital, PacsInstanceState State, int Count)>> CountAsync(
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync<IReadOnlyList<(HospitalId, PacsInstanceState, int)>>(
            async context =>
            {
                var counts = await context
                    .PacsInstances.GroupBy(i => new { i.Hospital, i.State })
                    .Select(g => new
                    {
                        g.Key.Hospital,
                        g.Key.State,
                        Count = g.Count(),
                    })
                    .ToListAsync(cancellationToken);
                return
                [
                    .. counts
                        .OrderBy(c => c.Hospital, StringComparer.Ordinal)
                        .ThenBy(c => c.State)
                        .Select(c => (new HospitalId(c.Hospital), c.State, c.Count)),
                ];
            },
            cancellationToken
        );

    private static IQueryable<PacsInstanceRow> Entry(CatalogueContext context, InstanceId id)
    {
        (string hospital, string uid) = (id.Hospital.Value, id.Uid.Value);
        return context.PacsInstances.Where(i => i.Hospital == hospital && i.Uid == uid);
    }

    private Task<int> AuditRevisionAsync(
        CatalogueContext context,
        InstanceRecord instance,
        int revision,
        CancellationToken cancellationToken
    )
    {
        context.Audit.Add(
            new AuditRow
            {
                At = time.GetUtcNow(),
                Actor = "pacs",
                Action = RevisionAction,
                Hospital = instance.Id.Hospital.Value,
                Subject = $"{instance.Id.Uid} revision {revision}",
            }
        );
        return context.SaveChangesAsync(cancellationToken);
    }
}
