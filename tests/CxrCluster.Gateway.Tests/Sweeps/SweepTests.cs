using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Training;
using CxrCluster.Gateway.Tests.Hosting;
using CxrCluster.Storage.Sweeps;
using Microsoft.Extensions.Time.Testing;

namespace CxrCluster.Gateway.Tests.Sweeps;

public sealed class SweepTests : IAsyncLifetime
{
    private static readonly SlotId Slot = SlotId.Parse("node-1/0");
    private static readonly SweepId Id = new("sweep-1");
    private static readonly RunKey First = new("resnet34", 0);

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private TestGateway _gateway = null!;
    private SweepLease _lease = null!;

    private ISweepStore Sweeps => _gateway.Get<ISweepStore>();

    public async ValueTask InitializeAsync()
    {
        _gateway = await TestGateway.StartAsync(time: _time);
        var spec = new SweepSpec
        {
            Architectures = ["resnet34"],
            Splits = 2,
            Epochs = 2,
            Cohort = "c",
        };
        await Sweeps.CreateAsync(Id, spec, _time.GetUtcNow(), default);
        _lease = (await Sweeps.TakeOverAsync(Id, default))!;
    }

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Show_RunUnderWay_HasItsCurvesAndALossThatIsNoNumberIsNull()
    {
        await EpochAsync(First, 1, double.NaN, 0.75);
        await Sweeps.StartRunAsync(_lease, First, Slot, default);
        await Sweeps.ShowStepAsync(_lease, First, 3, 9, default);

        JsonElement sweep = await GetAsync("/api/v1/sweeps/sweep-1");

        Assert.Equal(("running", 4, 1), State(sweep));
        JsonElement run = sweep.GetProperty("runs")[0];
        Assert.Equal(("running", "node-1/0"), (Text(run, "state"), Text(run, "slot")));
        Assert.Equal((3, 9), (run.GetProperty("step").GetInt32(), run.GetProperty("steps").GetInt32()));
        Assert.Equal(JsonValueKind.Null, run.GetProperty("losses")[0].ValueKind);
        Assert.Equal(0.75, run.GetProperty("validationAucs")[0].GetDouble());
        JsonElement network = Assert.Single(sweep.GetProperty("networks").EnumerateArray().ToList());
        Assert.Equal(1, network.GetProperty("running").GetInt32());
    }

    [Fact]
    public async Task List_HasNoRuns()
    {
        JsonElement sweep = Assert.Single((await GetAsync("/api/v1/sweeps")).EnumerateArray().ToList());

        Assert.Equal("sweep-1", Text(sweep, "id"));
        Assert.Equal(JsonValueKind.Null, sweep.GetProperty("runs").ValueKind);
    }

    [Fact]
    public async Task Show_UnknownSweep_Problem404()
    {
        using HttpResponseMessage reply = await _gateway.Api.GetAsync("/api/v1/sweeps/none");
        await reply.ShouldBeProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task PauseResumeCancel_ChangeTheStateAreAuditedAndRefusedTwice()
    {
        foreach (
            (string action, string state) in new[]
            {
                ("pause", "paused"),
                ("resume", "running"),
                ("cancel", "cancelled"),
            }
        )
        {
            using HttpResponseMessage reply = await _gateway.Api.PostAsync($"/api/v1/sweeps/sweep-1:{action}", null);
            Assert.Equal(state, Text(await reply.ShouldBeJsonAsync(), "state"));
            using HttpResponseMessage again = await _gateway.Api.PostAsync($"/api/v1/sweeps/sweep-1:{action}", null);
            await again.ShouldBeProblemAsync(HttpStatusCode.Conflict);
            Assert.Contains(await _gateway.AuditAsync(), r => (r.Action, r.Subject) == ($"sweep-{action}", "sweep-1"));
        }
    }

    [Fact]
    public async Task Change_BrowserSession_IsRefusedByTheApi()
    {
        using HttpClient browser = await _gateway.SignInAsync();
        using HttpResponseMessage reply = await browser.PostAsync("/api/v1/sweeps/sweep-1:cancel", null);
        Assert.Equal(HttpStatusCode.Unauthorized, reply.StatusCode);
    }

    [Fact]
    public async Task Events_UntilTheSweepIsDone_ThenTheStreamEnds()
    {
        using HttpResponseMessage reply = await _gateway.Api.GetAsync(
            "/api/v1/sweeps/sweep-1/events",
            HttpCompletionOption.ResponseHeadersRead
        );
        var events = SseParser
            .Create(await reply.Content.ReadAsStreamAsync(), (type, data) => JsonElement.Parse(data))
            .EnumerateAsync()
            .GetAsyncEnumerator();

        Assert.Equal(("progress", 0), await NextAsync());
        await EpochAsync(First, 1, 0.7, null);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(("progress", 1), await NextAsync());
        foreach (int split in new[] { 0, 1 })
            await Sweeps.RecordAsync(
                _lease,
                new RunKey("resnet34", split),
                new SweepRunResult(2, null, [], []),
                default
            );
        await Sweeps.CompleteAsync(_lease, default);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(("done", 4), await NextAsync());
        Assert.False(await events.MoveNextAsync());
        await events.DisposeAsync();

        async Task<(string Type, int Done)> NextAsync()
        {
            Assert.True(await events.MoveNextAsync());
            return (events.Current.EventType, events.Current.Data.GetProperty("epochsDone").GetInt32());
        }
    }

    [Fact]
    public async Task Page_ShowsCurvesAndPausesTheSweep()
    {
        await EpochAsync(First, 2, 0.5, 0.9);
        using HttpClient browser = await _gateway.SignInAsync();

        string list = await browser.GetStringAsync("/sweeps");
        string page = await browser.GetStringAsync("/sweeps/sweep-1");

        Assert.Contains("href=\"/sweeps/sweep-1\"", list, StringComparison.Ordinal);
        Assert.Contains("<polyline class=\"loss\" points=\"0,", page, StringComparison.Ordinal);
        Assert.Contains("<polyline class=\"auc\"", page, StringComparison.Ordinal);
        using var form = new FormUrlEncodedContent([
            new("__RequestVerificationToken", Security.SignInTests.FormToken(page)),
        ]);
        using HttpResponseMessage reply = await browser.PostAsync("/sweeps/sweep-1?handler=Pause", form);
        Assert.Equal("/sweeps/sweep-1", reply.Headers.Location?.ToString());
        Assert.Equal(SweepState.Paused, (await Sweeps.ReadProgressAsync(Id, default))!.State);
    }

    private async Task EpochAsync(RunKey run, int epochs, double loss, double? auc)
    {
        await Sweeps.StartRunAsync(_lease, run, Slot, default);
        EpochPoint[] history = [.. Enumerable.Range(1, epochs).Select(e => new EpochPoint(e, loss / e, auc))];
        await Sweeps.RecordAsync(_lease, run, new SweepRunResult(epochs, "c", history), default);
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        using HttpResponseMessage reply = await _gateway.Api.GetAsync(path);
        return await reply.ShouldBeJsonAsync();
    }

    private static (string? State, int Epochs, int Done) State(JsonElement sweep) =>
        (Text(sweep, "state"), sweep.GetProperty("epochs").GetInt32(), sweep.GetProperty("epochsDone").GetInt32());

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
