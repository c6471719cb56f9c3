using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Gateway.Tests.Hosting;
using CxrCluster.Storage.Jobs;
using CxrCluster.Storage.Scores;
using Microsoft.Extensions.Time.Testing;

namespace CxrCluster.Gateway.Tests.Jobs;

public sealed class JobTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private TestGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await TestGateway.StartAsync(time: _time);
        for (int i = 0; i < 3; i++)
            await _gateway.AdmitAsync("north", $"n{i}.png");
        await _gateway.AdmitAsync("south", "s0.png");
    }

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Submit_All_TakesEveryImageOfTheLedger()
    {
        JsonElement job = await SubmitAsync("all");
        Assert.Equal("running", job.GetProperty("state").GetString());
        Assert.Equal(4, job.GetProperty("total").GetInt32());
        Assert.Equal(
            ["north", "south"],
            job.GetProperty("hospitals").EnumerateArray().Select(h => h.GetProperty("hospital").GetString())
        );
        using HttpResponseMessage shown = await _gateway.Api.GetAsync($"/api/v1/jobs/{Id(job)}");
        Assert.Equal(job.GetRawText(), (await shown.ShouldBeJsonAsync()).GetRawText());
        using HttpResponseMessage list = await _gateway.Api.GetAsync("/api/v1/jobs");
        Assert.Equal(
            Id(job).Value,
            Assert.Single((await list.ShouldBeJsonAsync()).EnumerateArray().ToList()).GetProperty("id").GetString()
        );
    }

    [Fact]
    public async Task Submit_OneHospital_TakesItsImagesOnly() =>
        Assert.Equal(1, (await SubmitAsync(new[] { "south" })).GetProperty("total").GetInt32());

    [Fact]
    public async Task Submit_NoImage_Problem400()
    {
        using HttpResponseMessage reply = await _gateway.Api.PostAsJsonAsync(
            "/api/v1/jobs",
            new { hospitals = new[] { "west" } }
        );
        await reply.ShouldBeProblemAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Show_UnknownJob_Problem404()
    {
        using HttpResponseMessage reply = await _gateway.Api.GetAsync("/api/v1/jobs/j1/events");
        await reply.ShouldBeProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Cancel_Running_IsCancelledAndAudited()
    {
        JobId id = Id(await SubmitAsync("all"));
        using HttpResponseMessage reply = await _gateway.Api.PostAsync($"/api/v1/jobs/{id}:cancel", null);
        Assert.Equal("cancelled", (await reply.ShouldBeJsonAsync()).GetProperty("state").GetString());
        Assert.Contains(await _gateway.AuditAsync(), row => (row.Action, row.Subject) == ("job-cancel", id.Value));
    }

    [Fact]
    public async Task Retry_FailedImages_RunAgain()
    {
        JobId id = Id(await SubmitAsync(new[] { "south" }));
        await FinishAsync(id, "south", _ => ImageScore.Failed(new Reason(ReasonCodes.Unavailable, "no worker"), 1));
        using HttpResponseMessage reply = await _gateway.Api.PostAsync($"/api/v1/jobs/{id}:retry", null);
        JsonElement job = await reply.ShouldBeJsonAsync();
        Assert.Equal(("running", 0), (job.GetProperty("state").GetString(), job.GetProperty("failed").GetInt32()));
    }

    [Fact]
    public async Task Results_AreJsonLinesInOrder()
    {
        JobId id = Id(await SubmitAsync(new[] { "north" }));
        await FinishAsync(id, "north", ordinal => FakePipeline.Scored(ordinal / 10.0));
        using HttpResponseMessage reply = await _gateway.Api.GetAsync($"/api/v1/jobs/{id}/results?embedding=true");
        Assert.Equal("application/jsonl", reply.Content.Headers.ContentType?.MediaType);
        string[] lines = (await reply.Content.ReadAsStringAsync()).TrimEnd('\n').Split('\n');
        JsonElement[] rows = [.. lines.Select(l => JsonElement.Parse(l))];
        Assert.Equal([0, 1, 2], rows.Select(r => r.GetProperty("ordinal").GetInt32()));
        Assert.Equal([0, 0.1, 0.2], rows.Select(r => r.GetProperty("probability").GetDouble()));
        Assert.Equal(2, rows[0].GetProperty("embedding").GetArrayLength());
    }

    [Fact]
    public async Task Events_UntilTheJobIsDone_ThenTheStreamEnds()
    {
        JobId id = Id(await SubmitAsync("all"));
        using HttpResponseMessage reply = await _gateway.Api.GetAsync(
            $"/api/v1/jobs/{id}/events",
            HttpCompletionOption.ResponseHeadersRead
        );
        Assert.Equal("text/event-stream", reply.Content.Headers.ContentType?.MediaType);
        var events = SseParser
            .Create(await reply.Content.ReadAsStreamAsync(), (type, data) => JsonElement.Parse(data))
            .EnumerateAsync()
            .GetAsyncEnumerator();

        Assert.Equal(("progress", 0), await NextAsync());
        await FinishAsync(id, "north", _ => FakePipeline.Scored(0.2));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(("progress", 3), await NextAsync());
        await FinishAsync(id, "south", _ => FakePipeline.Scored(0.2));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(("done", 4), await NextAsync());
        Assert.False(await events.MoveNextAsync());
        await events.DisposeAsync();

        async Task<(string Type, int Finished)> NextAsync()
        {
            Assert.True(await events.MoveNextAsync());
            return (events.Current.EventType, events.Current.Data.GetProperty("finished").GetInt32());
        }
    }

    [Fact]
    public async Task Events_GatewayStops_StreamEnds()
    {
        JobId id = Id(await SubmitAsync("all"));
        using HttpResponseMessage reply = await _gateway.Api.GetAsync(
            $"/api/v1/jobs/{id}/events",
            HttpCompletionOption.ResponseHeadersRead
        );
        using var reader = new StreamReader(await reply.Content.ReadAsStreamAsync());
        Assert.Equal("event: progress", await reader.ReadLineAsync());
        _gateway.Get<Microsoft.Extensions.Hosting.IHostApplicationLifetime>().StopApplication();
        string rest = await reader.ReadToEndAsync();
        Assert.DoesNotContain("event: done", rest);
    }

    private async Task<JsonElement> SubmitAsync(object hospitals)
    {
        using HttpResponseMessage reply = await _gateway.Api.PostAsJsonAsync("/api/v1/jobs", new { hospitals });
        JsonElement job = await reply.ShouldBeJsonAsync(HttpStatusCode.Accepted);
        Assert.Equal($"/api/v1/jobs/{Id(job)}", reply.Headers.Location?.ToString());
        return job;
    }

    private static JobId Id(JsonElement job) => new(job.GetProperty("id").GetString()!);

    private async Task FinishAsync(JobId id, string hospital, Func<long, ImageScore> score)
    {
        var jobs = _gateway.Get<IJobStore>();
        JobPart part = (await jobs.TakeOverAsync(id, new HospitalId(hospital), default))!;
        IReadOnlyList<JobItem> items = await jobs.ReadPendingAsync(id, part.Hospital, -1, 100, default);
        JobItemResult[] results =
        [
            .. items.Select(item => new JobItemResult(
                item.Ordinal,
                new ScoreRecord
                {
                    Instance = item.Instance.Id,
                    Sha256 = item.Instance.Sha256,
                    Model = TestGateway.Model,
                    Score = score(item.Ordinal),
                    ScoredAt = _time.GetUtcNow(),
                }
            )),
        ];
        await jobs.CommitAsync(part, results, default);
        await jobs.CompleteAsync(part, default);
    }
}
