using CxrCluster.Contracts.Identity;
using CxrCluster.Storage.Catalogue;
using CxrCluster.Storage.Catalogue.Rows;
using Microsoft.EntityFrameworkCore;

namespace CxrCluster.Storage.Pacs;

/// <remarks>This file: what sweeps see.</remarks>
internal sealed partial class CataloguePacsStore
{
    /// <inheritdoc />
    public Task<IReadOnlyList<string>> NoteStudiesAsync(
        PacsLease lease,
        IReadOnlyList<StudySighting> studies,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        FencedAsync<IReadOnlyList<string>>(
            lease,
            async context =>
            {
                string hospital = lease.Hospital.Value;
                StudySighting[] distinct =
                [
                    .. studies.DistinctBy(s => s.Uid).OrderBy(s => s.Uid, StringComparer.Ordinal),
                ];
                string[] uids = [.. distinct.Select(s => s.Uid)];
                Dictionary<string, PacsStudyRow> known = await context
                    .PacsStudies.Where(s => s.Hospital == hospital && uids.Contains(s.Uid))
                    .ToDictionaryAsync(s => s.Uid, cancellationToken);
                StudySighting[] changed =
                [
                    .. distinct.Where(s =>
                        !known.TryGetValue(s.Uid, out PacsStudyRow? row)
                        || row.Instances != s.Instances
                        || row.Date != PacsStudyRow.Number(s.Date)
                    ),
                ];
                await context.InsertAsync(
                    [
                        .. changed.Select(s => new PacsStudyRow
                        {
                            Hospital = hospital,
                            Uid = s.Uid,
                            Date = PacsStudyRow.Number(s.Date),
                            Instances = s.Instances,
                            Settled = false,
                            SeenAt = now,
                        }),
                    ],
                    "on conflict (hospital, uid) do update set date = excluded.date, instances = excluded.instances, settled = excluded.settled, listed = excluded.listed",
                    cancellationToken
                );
                HashSet<string> moved = [.. changed.Select(s => s.Uid)];
                return
                [
                    .. distinct
                        .Where(s =>
                            moved.Contains(s.Uid)
                            || s.Instances is null
                            || !known[s.Uid].Settled
                            || known[s.Uid].Listed != s.Instances
                        )
                        .Select(s => s.Uid),
                ];
            },
            cancellationToken
        );

    /// <inheritdoc />
    public Task<int> NoteListingAsync(
        PacsLease lease,
        string study,
        IReadOnlyList<InstanceSighting> instances,
        DateTimeOffset now,
        bool urgent,
        bool refetch,
        CancellationToken cancellationToken
    ) =>
        FencedAsync(
            lease,
            async context =>
            {
                string hospital = lease.Hospital.Value;
                PacsInstanceRow[] rows =
                [
                    .. instances
                        .DistinctBy(i => i.Uid)
                        .OrderBy(i => i.Uid)
                        .Select(i => new PacsInstanceRow
                        {
                            Hospital = hospital,
                            Uid = i.Uid.Value,
                            Study = study,
                            Series = i.SeriesUid,
                            State = i.Exclusion is null ? PacsInstanceState.Seen : PacsInstanceState.Excluded,
                            Revision = 0,
                            Attempts = 0,
                            ReasonCode = i.Exclusion?.Code,
                            ReasonText = i.Exclusion?.Text,
                            Urgent = urgent,
                            Refetch = false,
                            SeenAt = now,
                        }),
                ];
                int added = await context.InsertAsync(rows, "on conflict do nothing", cancellationToken);
                IQueryable<PacsInstanceRow> those = context.PacsInstances.Where(i =>
                    i.Hospital == hospital && i.Study == study
                );
                if (urgent)
                    await those
                        .Where(i =>
                            i.State == PacsInstanceState.Seen
                            || i.State == PacsInstanceState.Fetched
                            || i.State == PacsInstanceState.Failed
                        )
                        .ExecuteUpdateAsync(
                            set =>
                                set.SetProperty(i => i.Urgent, true)
                                    .SetProperty(i => i.NextAttempt, (DateTimeOffset?)null),
                            cancellationToken
                        );
                if (refetch)
                    await those
                        .Where(i => i.Sha256 != null || i.State == PacsInstanceState.Parked)
                        .ExecuteUpdateAsync(
                            set =>
                                set.SetProperty(i => i.Refetch, true)
                                    .SetProperty(i => i.Attempts, 0)
                                    .SetProperty(i => i.NextAttempt, (DateTimeOffset?)null),
                            cancellationToken
                        );
                int listed = rows.Length;
                await context
                    .PacsStudies.Where(s => s.Hospital == hospital && s.Uid == study)
                    .ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(s => s.Settled, s => s.Listed == listed)
                                .SetProperty(s => s.Listed, listed)
                                .SetProperty(s => s.ListedAt, now),
                        cancellationToken
                    );
                return added;
            },
            cancellationToken
        );

    /// <inheritdoc />
    public Task NoteGoneAsync(PacsLease lease, string study, CancellationToken cancellationToken) =>
        FencedAsync(
            lease,
            context =>
            {
                string hospital = lease.Hospital.Value;
                return context
                    .PacsStudies.Where(s => s.Hospital == hospital && s.Uid == study)
                    .ExecuteUpdateAsync(set => set.SetProperty(s => s.Settled, true), cancellationToken);
            },
            cancellationToken
        );

    /// <inheritdoc />
    public Task<IReadOnlyList<string>> ReadUnsettledAsync(
        HospitalId hospital,
        DateTimeOffset listedBefore,
        int count,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync<IReadOnlyList<string>>(
            async context =>
            {
                string id = hospital.Value;
                return await context
                    .PacsStudies.Where(s => s.Hospital == id && !s.Settled)
                    .Where(s => s.ListedAt == null || s.ListedAt <= listedBefore)
                    .OrderBy(s => s.ListedAt)
                    .Select(s => s.Uid)
                    .Take(count)
                    .ToListAsync(cancellationToken);
            },
            cancellationToken
        );
}
