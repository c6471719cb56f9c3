using Microsoft.Extensions.DependencyInjection;

namespace CxrCluster.Gateway;

/// <summary>Registers what the gateway needs.</summary>
public static class GatewayServices
{
    /// <summary>API, pages, sign-in. The host brings stores, pipeline and grain factory.</summary>
    public static IServiceCollection AddCxrGateway(this IServiceCollection services, GatewayOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(new AccessToken(options.Token));
        return services;
    }
}
