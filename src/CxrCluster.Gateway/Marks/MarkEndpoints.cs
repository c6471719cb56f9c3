using CxrCluster.Contracts.Identity;
using CxrCluster.Gateway.Audit;
using CxrCluster.Gateway.Http;
using CxrCluster.Gateway.Security;
using CxrCluster.Storage.Marks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CxrCluster.Gateway.Marks;

/// <summary>Verdicts on similar cases: taken one by one, exported together.</summary>
internal static class MarkEndpoints
{
    private const string Path = "similar/marks";

    public static void MapReads(IEndpointRouteBuilder api) =>
        api.MapGet(Path, ExportAsync)
            .WithName("exportMarks")
            .WithTags("images")
            .WithSummary("What readers said of similar cases, of images that may be seen here")
            .ProducesProblem(StatusCodes.Status403Forbidden);

    public static void MapWrites(IEndpointRouteBuilder api) =>
        api.MapPost(Path, SetAsync)
            .WithName("markSimilar")
            .WithTags("images")
            .WithSummary("Says whether a neighbour that the search found looks similar")
            .Accepts<MarkRequest>("application/json")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Ok<MarkView>> SetAsync(
        HttpContext http,
        MarkDesk desk,
        CancellationToken cancellationToken
    )
    {
        MarkRequest request = await JsonBody.ReadAsync<MarkRequest>(http.Request, cancellationToken);
        return TypedResults.Ok(MarkView.From(await desk.SetAsync(http, request, cancellationToken)));
    }

    private static async Task<Ok<IAsyncEnumerable<MarkView>>> ExportAsync(
        HttpContext http,
        IMarkStore marks,
        Visibility visibility,
        AuditTrail audit,
        CancellationToken cancellationToken,
        HospitalId? hospital = null
    )
    {
        IReadOnlyList<HospitalId>? scope = visibility.Scope(hospital is { } one ? [one] : null);
        await audit.WriteAsync(http, "export-marks", hospital ?? visibility.Reader);
        return TypedResults.Ok(marks.ListAsync(scope, cancellationToken).Select(MarkView.From));
    }
}
