using CxrCluster.Storage.Audit;

namespace CxrCluster.Gateway.Audit;

/// <summary>The audit trail.</summary>
internal static class AuditEndpoints
{
    private const int MostRows = 1000;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("audit", ReadAsync)
            .WithName("readAudit")
            .WithTags("audit")
            .WithSummary("The latest audit rows, newest first");

    private static async Task<IReadOnlyList<AuditEntry>> ReadAsync(
        HttpContext http,
        IAuditLog log,
        AuditTrail audit,
        CancellationToken cancellationToken,
        int limit = 100
    )
    {
        await audit.WriteAsync(http, "view-audit");
        return await log.ReadLatestAsync(Math.Clamp(limit, 1, MostRows), cancellationToken);
    }
}
