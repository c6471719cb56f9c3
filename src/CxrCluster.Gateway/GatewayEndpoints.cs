using CxrCluster.Gateway.Audit;
using CxrCluster.Gateway.Fhir;
using CxrCluster.Gateway.Health;
using CxrCluster.Gateway.Http;
using CxrCluster.Gateway.Images;
using CxrCluster.Gateway.Jobs;
using CxrCluster.Gateway.Maps;
using CxrCluster.Gateway.Marks;
using CxrCluster.Gateway.Models;
using CxrCluster.Gateway.Pacs;
using CxrCluster.Gateway.Pages;
using CxrCluster.Gateway.Reports;
using CxrCluster.Gateway.Scoring;
using CxrCluster.Gateway.Security;
using CxrCluster.Gateway.Similarity;
using CxrCluster.Gateway.Studies;
using CxrCluster.Gateway.Sweeps;

namespace CxrCluster.Gateway;

/// <summary>Maps what the gateway answers.</summary>
public static class GatewayEndpoints
{
    /// <summary>Health, API, OpenAPI document and web pages, behind the host check and the sign-in.</summary>
    public static WebApplication MapCxrGateway(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<GatewayOptions>();
        app.UseMiddleware<SecurityHeaders>();
        app.UseErrorBodies();
        app.UseExceptionHandler();
        app.UseMiddleware<HostGuard>();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter(); // after the sign-in: strangers take nobody's place

        app.MapCxrHealth();
        app.MapOpenApi("/openapi/{documentName}.json");
        MapApi(app, options);
        Assets.Map(app, app.Services.GetRequiredService<Assets>());
        ReportEndpoints.Map(app, options);
        app.MapRazorPages();
        return app;
    }

    /// <summary>/health/live and /health/ready alone: for nodes without the role gateway.</summary>
    public static WebApplication MapCxrHealth(this WebApplication app)
    {
        HealthEndpoints.Map(app);
        return app;
    }

    private static void MapApi(WebApplication app, GatewayOptions options)
    {
        RouteGroupBuilder reads = app.MapGroup("/api/v1").ProducesProblem(StatusCodes.Status401Unauthorized);
        AuditEndpoints.Map(reads);
        ImageEndpoints.Map(reads);
        FhirEndpoints.Map(reads);
        StudyEndpoints.Map(reads);
        JobEndpoints.MapReads(reads);
        SweepEndpoints.MapReads(reads);
        PacsEndpoints.MapReads(reads);
        ModelEndpoints.MapReads(reads);
        IndexEndpoints.Map(reads);
        MapEndpoints.Map(reads);
        MarkEndpoints.MapReads(reads);

        RouteGroupBuilder writes = app.MapGroup("/api/v1")
            .RequireAuthorization(Schemes.TokenOnly)
            .ProducesProblem(StatusCodes.Status401Unauthorized);
        ScoreEndpoints.Map(writes, options);
        AdmitEndpoints.Map(writes, options);
        SimilarEndpoints.Map(writes, options);
        MarkEndpoints.MapWrites(writes);
        JobEndpoints.MapWrites(writes);
        SweepEndpoints.MapWrites(writes);
        PacsEndpoints.MapWrites(writes);
        ModelEndpoints.MapWrites(writes, options);
    }
}
