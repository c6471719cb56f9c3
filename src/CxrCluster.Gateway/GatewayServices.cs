using System.Text.Json;
using System.Text.Json.Serialization;
using CxrCluster.Gateway.Audit;
using CxrCluster.Gateway.Http;
using CxrCluster.Gateway.Images;
using CxrCluster.Gateway.Jobs;
using CxrCluster.Gateway.Maps;
using CxrCluster.Gateway.Marks;
using CxrCluster.Gateway.Models;
using CxrCluster.Gateway.Pacs;
using CxrCluster.Gateway.Pages;
using CxrCluster.Gateway.Scoring;
using CxrCluster.Gateway.Security;
using CxrCluster.Gateway.Similarity;
using CxrCluster.Gateway.Sweeps;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace CxrCluster.Gateway;

/// <summary>Registers what the gateway needs.</summary>
public static class GatewayServices
{
    /// <summary>API, pages, sign-in. The host brings stores, pipeline and grain factory.</summary>
    public static IServiceCollection AddCxrGateway(this IServiceCollection services, GatewayOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(new AccessToken(options.Token));
        services.AddSecurity();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<ImageLookup>();
        services.AddSingleton<ImageScoring>();
        services.AddSingleton<SimilarCases>();
        services.AddSingleton<SimilarEndpoints.Finder>();
        services.AddSingleton<IndexStatus>();
        services.AddSingleton<MapDesk>();
        services.AddSingleton<MarkDesk>();
        services.AddSingleton<SlotMaps>();
        services.AddSingleton<PictureCache>();
        services.AddSingleton<Pictures>();
        services.AddSingleton<JobDesk>();
        services.AddSingleton<CatalogueEvents>();
        services.AddSingleton<JobEvents>();
        services.AddSingleton<SweepDesk>();
        services.AddSingleton<SweepEvents>();
        services.AddSingleton<PacsDesk>();
        services.AddSingleton<ModelActivation>();
        services.AddSingleton<Assets>();
        services.AddLimits(options);
        services.AddProblemDetails();
        services.AddExceptionHandler<ErrorTranslator>();
        services.AddOpenApi("v1", ApiDocument.Configure);
        services.AddPages(options);
        services.ConfigureHttpJsonOptions(json =>
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase))
        );
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.Configure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false);
        // Request logs would hold image ids and the sign-in code.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning));
        return services;
    }
}
