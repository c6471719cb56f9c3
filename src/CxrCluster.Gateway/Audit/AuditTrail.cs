using CxrCluster.Contracts.Identity;
using CxrCluster.Storage.Audit;

namespace CxrCluster.Gateway.Audit;

/// <summary>Writes who did what before the answer is given: what cannot be written down is not shown.</summary>
internal sealed class AuditTrail(IAuditLog log, TimeProvider time)
{
    /// <param name="http">The request: its user is the actor.</param>
    /// <param name="action">"view-image", "score", ...</param>
    /// <param name="hospital">Whose data, if one hospital's.</param>
    /// <param name="subject">An image's, job's or model's id; never a patient's name.</param>
    public Task WriteAsync(HttpContext http, string action, HospitalId? hospital = null, string? subject = null) =>
        log.AppendAsync(
            new AuditEntry(time.GetUtcNow(), http.User.Identity?.Name ?? "anonymous", action, hospital, subject),
            http.RequestAborted
        );
}
