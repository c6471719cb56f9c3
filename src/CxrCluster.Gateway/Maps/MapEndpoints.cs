using CxrCluster.Gateway.Audit;
using CxrCluster.Gateway.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CxrCluster.Gateway.Maps;

/// <summary>The map of the embeddings.</summary>
internal static class MapEndpoints
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("map", ReadAsync)
            .WithName("readMap")
            .WithTags("images")
            .WithSummary("All hospitals' embeddings in two dimensions (t-SNE), as far as this reader may see them")
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<MapView>, ProblemHttpResult>> ReadAsync(
        HttpContext http,
        MapDesk desk,
        AuditTrail audit,
        CancellationToken cancellationToken
    )
    {
        await audit.WriteAsync(http, "view-map");
        return await desk.ReadAsync(cancellationToken) is { } map
            ? TypedResults.Ok(map)
            : Problems.NotFound(
                "There is no map yet. A node of role jobs makes it within minutes once four images are scored."
            );
    }
}
