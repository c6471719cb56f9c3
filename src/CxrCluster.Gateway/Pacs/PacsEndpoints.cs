using CxrCluster.Contracts.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CxrCluster.Gateway.Pacs;

/// <summary>PACS sources.</summary>
internal static class PacsEndpoints
{
    public static void MapReads(IEndpointRouteBuilder api) =>
        api.MapGet("pacs", (PacsDesk desk, CancellationToken token) => desk.ListAsync(token))
            .WithName("listPacs")
            .WithTags("pacs")
            .WithSummary("The hospitals' PACSs, when they were looked through and how far their ledgers are");

    public static void MapWrites(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder pacs = api.MapGroup("pacs").WithTags("pacs");
        pacs.MapPost("", PutAsync)
            .WithName("putPacs")
            .WithSummary("Adds a hospital's PACS or changes it")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        RouteGroupBuilder one = api.MapGroup("").WithTags("pacs").ProducesProblem(StatusCodes.Status404NotFound);
        one.MapDelete("pacs/{hospital}", RemoveAsync)
            .WithName("removePacs")
            .WithSummary("Forgets a PACS; its images and results stay");
        one.MapPost("pacs/{hospital}:check", CheckAsync)
            .WithName("checkPacs")
            .WithSummary("Asks the PACS something, and says why it cannot be used");
        one.MapPost("pacs/{hospital}:sweep", SweepAsync)
            .WithName("sweepPacs")
            .WithSummary("Has everything that the PACS holds looked through soon");
        one.MapPost("hospitals/{hospital}/pacs:notify", NotifyAsync)
            .WithName("notifyPacs")
            .WithSummary("For a PACS's webhook: something may be new. Only a hint, sweeps find the same later")
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static Task<PacsView> PutAsync(
        PacsRequest request,
        HttpContext http,
        PacsDesk desk,
        CancellationToken cancellationToken
    ) => desk.PutAsync(http, request, cancellationToken);

    private static async Task<NoContent> RemoveAsync(
        HospitalId hospital,
        HttpContext http,
        PacsDesk desk,
        CancellationToken cancellationToken
    )
    {
        await desk.RemoveAsync(http, hospital, cancellationToken);
        return TypedResults.NoContent();
    }

    private static Task<PacsCheckReply> CheckAsync(
        HospitalId hospital,
        PacsDesk desk,
        CancellationToken cancellationToken
    ) => desk.CheckAsync(hospital, cancellationToken);

    private static async Task<Accepted> SweepAsync(
        HospitalId hospital,
        HttpContext http,
        PacsDesk desk,
        CancellationToken cancellationToken
    )
    {
        await desk.SweepAsync(http, hospital, cancellationToken);
        return TypedResults.Accepted("/api/v1/pacs");
    }

    private static async Task<Accepted> NotifyAsync(
        HospitalId hospital,
        PacsNotice notice,
        HttpContext http,
        PacsDesk desk,
        CancellationToken cancellationToken
    )
    {
        await desk.NotifyAsync(http, hospital, notice, cancellationToken);
        return TypedResults.Accepted("/api/v1/pacs");
    }
}
