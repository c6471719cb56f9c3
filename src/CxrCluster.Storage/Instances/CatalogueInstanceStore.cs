using CxrCluster.Contracts.Identity;
using CxrCluster.Storage.Catalogue;
using CxrCluster.Storage.Catalogue.Rows;
using Microsoft.EntityFrameworkCore;

namespace CxrCluster.Storage.Instances;

/// <inheritdoc cref="IInstanceStore"/>
internal sealed class CatalogueInstanceStore(CatalogueDatabase database) : IInstanceStore
{
    internal const string KeepWhatIsNotGiven = """
        on conflict (hospital, uid) do update set
            sha256 = excluded.sha256,
            blob_key = excluded.blob_key,
            name = excluded.name,
            patient_id = coalesce(excluded.patient_id, instance.patient_id),
            view = coalesce(excluded.view, instance.view),
            label = coalesce(excluded.label, instance.label)
        """;

    /// <inheritdoc />
    public Task UpsertAsync(IReadOnlyList<InstanceRecord> instances, CancellationToken cancellationToken)
    {
        InstanceRow[] rows =
        [
            .. instances.GroupBy(i => i.Id).OrderBy(g => g.Key).Select(g => InstanceRow.From(g.Aggregate(Merge))),
        ];
        return database.WriteAsync(
            context => context.InsertAsync(rows, KeepWhatIsNotGiven, cancellationToken),
            cancellationToken
        );
    }

    /// <inheritdoc />
    public Task<InstanceRecord?> FindAsync(InstanceId id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async context =>
            {
                (string hospital, string uid) = (id.Hospital.Value, id.Uid.Value);
                InstanceRow? row = await context.Instances.SingleOrDefaultAsync(
                    i => i.Hospital == hospital && i.Uid == uid,
                    cancellationToken
                );
                return row?.ToRecord();
            },
            cancellationToken
        );

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<HospitalId, int>> CountByHospitalAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyDictionary<HospitalId, int>>(
            async context =>
            {
                var counts = await context
                    .Instances.GroupBy(i => i.Hospital)
                    .Select(g => new { Hospital = g.Key, Count = g.Count() })
                    .ToListAsync(cancellationToken);
                return new SortedDictionary<HospitalId, int>(
                    counts.ToDictionary(c => new HospitalId(c.Hospital), c => c.Count)
                );
            },
            cancellationToken
        );

    /// <inheritdoc />
    public IAsyncEnumerable<InstanceRecord> ListAsync(
        IReadOnlyList<HospitalId>? hospitals,
        DateTimeOffset? from,
        DateTimeOffset? to,
        CancellationToken cancellationToken
    )
    {
        string[]? wanted = hospitals?.Select(h => h.Value).ToArray();
        return KeysetStream
            .ReadAsync<InstanceRow>(
                (last, count) =>
                    database.ReadAsync(
                        context => PageAsync(context.Instances, wanted, from, to, last, count, cancellationToken),
                        cancellationToken
                    ),
                cancellationToken
            )
            .Select(row => row.ToRecord());
    }

    private static async Task<List<InstanceRow>> PageAsync(
        IQueryable<InstanceRow> rows,
        string[]? hospitals,
        DateTimeOffset? from,
        DateTimeOffset? to,
        InstanceRow? last,
        int count,
        CancellationToken cancellationToken
    )
    {
        if (hospitals is not null)
            rows = rows.Where(i => hospitals.Contains(i.Hospital));
        if (from is { } first)
            rows = rows.Where(i => i.ReceivedAt >= first);
        if (to is { } end)
            rows = rows.Where(i => i.ReceivedAt < end);
        // The rest of the hospital, then the hospitals after it: two ranges of the key, where one condition would be a scan.
        List<InstanceRow> page = [];
        if (last is { Hospital: var hospital, Uid: var uid })
        {
            page = await rows.Where(i => i.Hospital == hospital && string.Compare(i.Uid, uid) > 0)
                .OrderBy(i => i.Uid)
                .Take(count)
                .ToListAsync(cancellationToken);
            rows = rows.Where(i => string.Compare(i.Hospital, hospital) > 0);
        }
        if (page.Count < count)
            page.AddRange(
                await rows.OrderBy(i => i.Hospital)
                    .ThenBy(i => i.Uid)
                    .Take(count - page.Count)
                    .ToListAsync(cancellationToken)
            );
        return page;
    }

    /// <summary>What the table would hold after the one and then the other.</summary>
    private static InstanceRecord Merge(InstanceRecord earlier, InstanceRecord later) =>
        later with
        {
            ReceivedAt = earlier.ReceivedAt,
            PatientId = later.PatientId ?? earlier.PatientId,
            View = later.View ?? earlier.View,
            Label = later.Label ?? earlier.Label,
        };
}
