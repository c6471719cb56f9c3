using CxrCluster.Gateway.Http;

namespace CxrCluster.Gateway.Security;

/// <summary>
/// Answers only under its own names. A page of another site can point its name at 127.0.0.1 (DNS rebinding), and its
/// requests then count as same-origin; but their Host header still carries that name.
/// </summary>
internal sealed class HostGuard(RequestDelegate next, GatewayOptions options)
{
    private readonly HashSet<string> _allowed = new(
        ["localhost", "127.0.0.1", "[::1]", .. options.AllowedHosts],
        StringComparer.OrdinalIgnoreCase
    );

    public Task InvokeAsync(HttpContext http)
    {
        string host = http.Request.Host.Host;
        if (_allowed.Contains(host) || _allowed.Contains("*") || IsProbe(http.Request.Path))
            return next(http);
        return Problems
            .Of(
                StatusCodes.Status400BadRequest,
                "This gateway does not answer under that host name. Use the address that it printed, or add the name to Gateway:AllowedHosts."
            )
            .ExecuteAsync(http);
    }

    /// <summary>Orchestrators and Prometheus ask by the machine's address; these paths show nothing of patients.</summary>
    private static bool IsProbe(PathString path) => path.IsUnder("/health") || path.IsUnder("/metrics");
}
