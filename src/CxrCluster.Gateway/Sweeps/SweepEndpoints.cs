using System.Net.ServerSentEvents;
using CxrCluster.Contracts.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CxrCluster.Gateway.Sweeps;

/// <summary>Sweeps: the bootstrap of a cohort over splits and networks.</summary>
internal static class SweepEndpoints
{
    public static void MapReads(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder sweeps = api.MapGroup("sweeps").WithTags("sweeps");
        sweeps
            .MapGet("", (SweepDesk desk, CancellationToken token) => desk.ListAsync(token))
            .WithName("listSweeps")
            .WithSummary("Sweeps, newest first, without their runs");
        RouteGroupBuilder sweep = sweeps.MapGroup("{id}").ProducesProblem(StatusCodes.Status404NotFound);
        sweep.MapGet("", ShowAsync).WithName("showSweep").WithSummary("One sweep with every run and its curves");
        sweep
            .MapGet("events", EventsAsync)
            .WithName("watchSweep")
            .WithSummary("Server-sent events: 'progress' until one 'done'")
            .Produces(StatusCodes.Status200OK, contentType: "text/event-stream");
    }

    public static void MapWrites(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder sweeps = api.MapGroup("sweeps").WithTags("sweeps");
        sweeps
            .MapPost("{id}:pause", PauseAsync)
            .WithName("pauseSweep")
            .WithSummary("Halts a running sweep; epochs that are done are kept")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        sweeps
            .MapPost("{id}:resume", ResumeAsync)
            .WithName("resumeSweep")
            .WithSummary("Lets a paused sweep go on")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        sweeps
            .MapPost("{id}:cancel", CancelAsync)
            .WithName("cancelSweep")
            .WithSummary("Ends a sweep for good")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<SweepView> ShowAsync(SweepId id, SweepDesk desk, CancellationToken token) =>
        SweepView.From(await desk.FindAsync(id, token));

    private static Task<SweepView> PauseAsync(SweepId id, HttpContext http, SweepDesk desk, CancellationToken token) =>
        desk.PauseAsync(http, id, token);

    private static Task<SweepView> ResumeAsync(SweepId id, HttpContext http, SweepDesk desk, CancellationToken token) =>
        desk.ResumeAsync(http, id, token);

    private static Task<SweepView> CancelAsync(SweepId id, HttpContext http, SweepDesk desk, CancellationToken token) =>
        desk.CancelAsync(http, id, token);

    private static async Task<ServerSentEventsResult<SweepView>> EventsAsync(
        SweepId id,
        SweepDesk desk,
        SweepEvents events,
        CancellationToken cancellationToken
    )
    {
        await desk.FindAsync(id, cancellationToken);
        IAsyncEnumerable<SseItem<SweepView>> stream = events.WatchAsync(id, cancellationToken);
        return TypedResults.ServerSentEvents(stream);
    }
}
