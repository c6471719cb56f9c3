namespace CxrCluster.Storage.Audit;

/// <summary>The audit trail: rows are added and read, never changed.</summary>
public interface IAuditLog
{
    /// <summary>Adds a row.</summary>
    Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>The latest rows, newest first.</summary>
    Task<IReadOnlyList<AuditEntry>> ReadLatestAsync(int limit, CancellationToken cancellationToken);
}
