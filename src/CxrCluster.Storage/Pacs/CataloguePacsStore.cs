using CxrCluster.Contracts.Faults;
using CxrCluster.Contracts.Identity;
using CxrCluster.Storage.Catalogue;
using CxrCluster.Storage.Catalogue.Rows;
using Microsoft.EntityFrameworkCore;

namespace CxrCluster.Storage.Pacs;

/// <inheritdoc cref="IPacsStore"/>
/// <remarks>This file: sources. Locks are taken in one order: source, studies, images, ledger, so that no two transactions wait
/// for each other on PostgreSQL.</remarks>
internal sealed partial class CataloguePacsStore(CatalogueDatabase database, TimeProvider time) : IPacsStore
{
    private const string KeepSweeps = """
        on conflict (hospital) do update set
            url = excluded.url,
            account = excluded.account,
            password_from = excluded.password_from,
            token_from = excluded.token_from,
            ca_file = excluded.ca_file,
            fault = null,
            epoch = pacs_source.epoch + 1
        """;

    /// <inheritdoc />
    public Task PutSourceAsync(PacsSource source, CancellationToken cancellationToken)
    {
        var row = new PacsSourceRow
        {
            Hospital = source.Hospital.Value,
            Url = source.Url,
            Account = source.User,
            PasswordFrom = source.PasswordFrom,
            TokenFrom = source.TokenFrom,
            CaFile = source.CaFile,
            Epoch = 0,
        };
        return database.WriteAsync(
            context => context.InsertAsync([row], KeepSweeps, cancellationToken),
            cancellationToken
        );
    }

    /// <inheritdoc />
    public Task<bool> RemoveSourceAsync(HospitalId hospital, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async context => await Source(context, hospital).ExecuteDeleteAsync(cancellationToken) > 0,
            cancellationToken
        );

    /// <inheritdoc />
    public Task<IReadOnlyList<PacsSource>> ListSourcesAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<PacsSource>>(
            async context =>
            {
                List<PacsSourceRow> rows = await context
                    .PacsSources.OrderBy(s => s.Hospital)
                    .ToListAsync(cancellationToken);
                return [.. rows.Select(r => r.ToRecord())];
            },
            cancellationToken
        );

    /// <inheritdoc />
    public Task<(PacsLease Lease, PacsSource Source)?> TakeOverAsync(
        HospitalId hospital,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync<(PacsLease, PacsSource)?>(
            async context =>
            {
                int taken = await Source(context, hospital)
                    .ExecuteUpdateAsync(set => set.SetProperty(s => s.Epoch, s => s.Epoch + 1), cancellationToken);
                if (taken == 0)
                    return null;
                PacsSourceRow row = await Source(context, hospital).SingleAsync(cancellationToken);
                return (new PacsLease(hospital, row.Epoch), row.ToRecord());
            },
            cancellationToken
        );

    /// <inheritdoc />
    public Task NoteSweepAsync(
        PacsLease lease,
        PacsSweepKind kind,
        DateTimeOffset begun,
        CancellationToken cancellationToken
    ) =>
        FencedAsync(
            lease,
            context =>
                // A wider sweep has seen what a narrower one would.
                Source(context, lease.Hospital)
                    .ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(s => s.RecentAt, begun)
                                .SetProperty(s => s.MonthAt, s => kind >= PacsSweepKind.Month ? begun : s.MonthAt)
                                .SetProperty(s => s.AllAt, s => kind >= PacsSweepKind.All ? begun : s.AllAt)
                                .SetProperty(s => s.Fault, (string?)null),
                        cancellationToken
                    ),
            cancellationToken
        );

    /// <inheritdoc />
    public Task NoteFaultAsync(PacsLease lease, string fault, CancellationToken cancellationToken) =>
        FencedAsync(
            lease,
            context =>
                Source(context, lease.Hospital)
                    .ExecuteUpdateAsync(set => set.SetProperty(s => s.Fault, fault), cancellationToken),
            cancellationToken
        );

    private static IQueryable<PacsSourceRow> Source(CatalogueContext context, HospitalId hospital)
    {
        string id = hospital.Value;
        return context.PacsSources.Where(s => s.Hospital == id);
    }

    /// <summary>A transaction that nobody else's epoch can get into: the source's row is locked until it ends.</summary>
    private Task<T> FencedAsync<T>(
        PacsLease lease,
        Func<CatalogueContext, Task<T>> work,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync(
            async context =>
            {
                int held = await Source(context, lease.Hospital)
                    .Where(s => s.Epoch == lease.Epoch)
                    .ExecuteUpdateAsync(set => set.SetProperty(s => s.Epoch, s => s.Epoch), cancellationToken);
                return held == 0
                    ? throw new StaleCoordinatorException(
                        $"PACS of hospital {lease.Hospital}: epoch {lease.Epoch} is over; another coordinator has taken it over, "
                            + "or it was changed or removed. Nothing was written; stop."
                    )
                    : await work(context);
            },
            cancellationToken
        );
}
