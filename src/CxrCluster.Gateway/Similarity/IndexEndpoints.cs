using Microsoft.AspNetCore.Http.HttpResults;

namespace CxrCluster.Gateway.Similarity;

/// <summary>State of the embedding indexes.</summary>
internal static class IndexEndpoints
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("index", ReadAsync)
            .WithName("readIndex")
            .WithTags("cluster")
            .WithSummary("Size, shards and state of every hospital's embedding index");

    private static async Task<Ok<IReadOnlyList<IndexView>>> ReadAsync(
        IndexStatus status,
        CancellationToken cancellationToken
    ) => TypedResults.Ok(await status.ReadAsync(cancellationToken));
}
