using CxrCluster.Storage.Catalogue;
using CxrCluster.Storage.Catalogue.Rows;
using Microsoft.EntityFrameworkCore;

namespace CxrCluster.Storage.Audit;

/// <inheritdoc cref="IAuditLog"/>
internal sealed class CatalogueAuditLog(CatalogueDatabase database) : IAuditLog
{
    /// <inheritdoc />
    public Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken) =>
        database.WriteAsync(
            context =>
            {
                context.Audit.Add(
                    new AuditRow
                    {
                        At = entry.At,
                        Actor = entry.Actor,
                        Action = entry.Action,
                        Hospital = entry.Hospital?.Value,
                        Subject = entry.Subject,
                    }
                );
                return context.SaveChangesAsync(cancellationToken);
            },
            cancellationToken
        );

    /// <inheritdoc />
    public Task<IReadOnlyList<AuditEntry>> ReadLatestAsync(int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<AuditEntry>>(
            async context =>
            {
                List<AuditRow> rows = await context
                    .Audit.OrderByDescending(a => a.Id)
                    .Take(limit)
                    .ToListAsync(cancellationToken);
                return [.. rows.Select(row => row.ToEntry())];
            },
            cancellationToken
        );
}
