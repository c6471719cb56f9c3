using CxrCluster.Contracts.Identity;
using CxrCluster.Storage.Catalogue;
using CxrCluster.Storage.Catalogue.Rows;
using Microsoft.EntityFrameworkCore;

namespace CxrCluster.Storage.Marks;

/// <inheritdoc cref="IMarkStore"/>
internal sealed class CatalogueMarkStore(CatalogueDatabase database) : IMarkStore
{
    /// <inheritdoc />
    public Task SetAsync(SimilarMark mark, CancellationToken cancellationToken) =>
        database.WriteAsync(
            context =>
                context.InsertAsync(
                    [SimilarMarkRow.From(mark)],
                    "on conflict (hospital, uid, neighbour_hospital, neighbour_uid, model, reader) do update "
                        + "set verdict = excluded.verdict, marked_at = excluded.marked_at",
                    cancellationToken
                ),
            cancellationToken
        );

    /// <inheritdoc />
    public IAsyncEnumerable<SimilarMark> ListAsync(
        IReadOnlyList<HospitalId>? hospitals,
        CancellationToken cancellationToken
    )
    {
        string[]? wanted = hospitals is null ? null : [.. hospitals.Select(h => h.Value)];
        return KeysetStream
            .ReadAsync<SimilarMarkRow>(
                (last, count) =>
                    database.ReadAsync(
                        context =>
                        {
                            IQueryable<SimilarMarkRow> rows = context.SimilarMarks;
                            if (wanted is not null)
                                rows = rows.Where(r => wanted.Contains(r.Hospital));
                            if (last is not null)
                                rows = After(rows, last);
                            return rows.OrderBy(r => r.Hospital)
                                .ThenBy(r => r.Uid)
                                .ThenBy(r => r.NeighbourHospital)
                                .ThenBy(r => r.NeighbourUid)
                                .ThenBy(r => r.Model)
                                .ThenBy(r => r.Reader)
                                .Take(count)
                                .ToListAsync(cancellationToken);
                        },
                        cancellationToken
                    ),
                cancellationToken
            )
            .Select(row => row.ToRecord());
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<SimilarMark>> ReadAsync(
        InstanceId image,
        ModelId model,
        string reader,
        CancellationToken cancellationToken
    )
    {
        (string hospital, string uid, string name) = (image.Hospital.Value, image.Uid.Value, model.ToString());
        return database.ReadAsync<IReadOnlyList<SimilarMark>>(
            async context =>
            {
                List<SimilarMarkRow> rows = await context
                    .SimilarMarks.Where(r => r.Hospital == hospital && r.Uid == uid)
                    .Where(r => r.Model == name && r.Reader == reader)
                    .OrderBy(r => r.NeighbourHospital)
                    .ThenBy(r => r.NeighbourUid)
                    .ToListAsync(cancellationToken);
                return [.. rows.Select(row => row.ToRecord())];
            },
            cancellationToken
        );
    }

    private static IQueryable<SimilarMarkRow> After(IQueryable<SimilarMarkRow> rows, SimilarMarkRow last)
    {
        (string h, string u, string nh, string nu) = (
            last.Hospital,
            last.Uid,
            last.NeighbourHospital,
            last.NeighbourUid
        );
        (string m, string w) = (last.Model, last.Reader);
        return rows.Where(r =>
            string.Compare(r.Hospital, h) > 0
            || (r.Hospital == h && string.Compare(r.Uid, u) > 0)
            || (r.Hospital == h && r.Uid == u && string.Compare(r.NeighbourHospital, nh) > 0)
            || (r.Hospital == h && r.Uid == u && r.NeighbourHospital == nh && string.Compare(r.NeighbourUid, nu) > 0)
            || (
                r.Hospital == h
                && r.Uid == u
                && r.NeighbourHospital == nh
                && r.NeighbourUid == nu
                && (string.Compare(r.Model, m) > 0 || (r.Model == m && string.Compare(r.Reader, w) > 0))
            )
        );
    }
}
