using System.Buffers;
using System.Net.ServerSentEvents;
using System.Text.Json;
using CxrCluster.Contracts.Identity;
using CxrCluster.Gateway.Audit;
using CxrCluster.Storage.Jobs;
using CxrCluster.Storage.Scores;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace CxrCluster.Gateway.Jobs;

/// <summary>Scoring jobs.</summary>
internal static class JobEndpoints
{
    private const int LinesPerFlush = 64;

    public static void MapReads(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder jobs = api.MapGroup("jobs").WithTags("jobs");
        jobs.MapGet("", (JobDesk desk, CancellationToken token) => desk.ListAsync(token))
            .WithName("listJobs")
            .WithSummary("Jobs, newest first");
        RouteGroupBuilder job = jobs.MapGroup("{id}").ProducesProblem(StatusCodes.Status404NotFound);
        job.MapGet("", ShowAsync).WithName("showJob").WithSummary("One job, per hospital");
        job.MapGet("events", EventsAsync)
            .WithName("watchJob")
            .WithSummary("Server-sent events: 'progress' until one 'done'")
            .Produces(StatusCodes.Status200OK, contentType: "text/event-stream");
        job.MapGet("results", ResultsAsync)
            .WithName("jobResults")
            .WithSummary("JSON Lines in the order of the job's input, as far as they are final")
            .Produces<JobResult>(StatusCodes.Status200OK, "application/jsonl");
    }

    public static void MapWrites(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder jobs = api.MapGroup("jobs").WithTags("jobs");
        jobs.MapPost("", SubmitAsync)
            .WithName("submitJob")
            .WithSummary("Starts to score images of the ledger, or of the hospitals' PACSs")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict);
        jobs.MapPost("{id}:cancel", CancelAsync)
            .WithName("cancelJob")
            .WithSummary("Stops a job; what was scored stays scored")
            .ProducesProblem(StatusCodes.Status404NotFound);
        jobs.MapPost("{id}:pause", PauseAsync)
            .WithName("pauseJob")
            .WithSummary("Halts a job until it is resumed")
            .ProducesProblem(StatusCodes.Status404NotFound);
        jobs.MapPost("{id}:resume", ResumeAsync)
            .WithName("resumeJob")
            .WithSummary("Lets a paused job go on")
            .ProducesProblem(StatusCodes.Status404NotFound);
        jobs.MapPost("{id}:retry", RetryAsync)
            .WithName("retryJob")
            .WithSummary("Takes up a job's failed images again")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Accepted<JobView>> SubmitAsync(
        JobRequest request,
        HttpContext http,
        JobDesk desk,
        CancellationToken cancellationToken
    )
    {
        JobView job = await desk.SubmitAsync(http, request, cancellationToken);
        return TypedResults.Accepted($"/api/v1/jobs/{job.Id}", job);
    }

    private static async Task<JobView> ShowAsync(JobId id, JobDesk desk, CancellationToken cancellationToken) =>
        JobView.From(await desk.FindAsync(id, cancellationToken));

    private static Task<JobView> CancelAsync(JobId id, HttpContext http, JobDesk desk, CancellationToken token) =>
        desk.CancelAsync(http, id, token);

    private static Task<JobView> PauseAsync(JobId id, HttpContext http, JobDesk desk, CancellationToken token) =>
        desk.PauseAsync(http, id, token);

    private static Task<JobView> ResumeAsync(JobId id, HttpContext http, JobDesk desk, CancellationToken token) =>
        desk.ResumeAsync(http, id, token);

    private static Task<JobView> RetryAsync(JobId id, HttpContext http, JobDesk desk, CancellationToken token) =>
        desk.RetryAsync(http, id, token);

    private static async Task<ServerSentEventsResult<JobView>> EventsAsync(
        JobId id,
        JobDesk desk,
        JobEvents events,
        CancellationToken cancellationToken
    )
    {
        await desk.FindAsync(id, cancellationToken);
        IAsyncEnumerable<SseItem<JobView>> stream = events.WatchAsync(id, cancellationToken);
        return TypedResults.ServerSentEvents(stream);
    }

    private static async Task ResultsAsync(
        JobId id,
        HttpContext http,
        JobDesk desk,
        IJobStore jobs,
        AuditTrail audit,
        IOptions<JsonOptions> json,
        CancellationToken cancellationToken,
        long from = 0,
        bool embedding = false
    )
    {
        await desk.FindAsync(id, cancellationToken);
        await audit.WriteAsync(http, "job-results", subject: id.ToString());
        http.Response.ContentType = "application/jsonl";
        int lines = 0;
        await foreach ((long ordinal, ScoredInstance result) in jobs.ReadResultsAsync(id, from, cancellationToken))
        {
            var line = new JobResult(ordinal, result, embedding);
            http.Response.BodyWriter.Write(JsonSerializer.SerializeToUtf8Bytes(line, json.Value.SerializerOptions));
            http.Response.BodyWriter.Write("\n"u8);
            if (++lines % LinesPerFlush == 0)
                await http.Response.BodyWriter.FlushAsync(cancellationToken);
        }
    }
}
