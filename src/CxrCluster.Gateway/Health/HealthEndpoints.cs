namespace CxrCluster.Gateway.Health;

/// <summary>For orchestrators and load balancers; open to everybody.</summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        Readiness readiness = ActivatorUtilities.CreateInstance<Readiness>(app.ServiceProvider);
        app.MapGet("/health/live", () => TypedResults.Ok(new Liveness("live")))
            .AllowAnonymous()
            .WithName("live")
            .WithTags("health")
            .WithSummary("The process runs");
        app.MapGet("/health/ready", (CancellationToken cancellationToken) => ReadyAsync(readiness, cancellationToken))
            .AllowAnonymous()
            .WithName("ready")
            .WithTags("health")
            .WithSummary("Stores answer and slots are warm; 503 otherwise")
            .Produces<ReadinessReport>()
            .Produces<ReadinessReport>(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> ReadyAsync(Readiness readiness, CancellationToken cancellationToken)
    {
        ReadinessReport report = await readiness.CheckAsync(cancellationToken);
        return TypedResults.Json(
            report,
            statusCode: report.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable
        );
    }

    private sealed record Liveness(string Status);
}
