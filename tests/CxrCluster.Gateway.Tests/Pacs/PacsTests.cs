using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CxrCluster.Contracts.Pacs;
using CxrCluster.Gateway.Tests.Hosting;

namespace CxrCluster.Gateway.Tests.Pacs;

public sealed class PacsTests : IAsyncLifetime
{
    private static readonly object North = new { hospital = "north", url = "http://127.0.0.1:1/dicom-web" };
    private TestGateway _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await TestGateway.StartAsync();

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Put_Source_ListedAndAudited()
    {
        JsonElement added = await PostAsync("pacs", North);
        Assert.Equal("north", added.GetProperty("hospital").GetString());
        using HttpResponseMessage list = await _gateway.Api.GetAsync("/api/v1/pacs");
        JsonElement only = Assert.Single((await list.ShouldBeJsonAsync()).EnumerateArray().ToList());
        Assert.Equal("http://127.0.0.1:1/dicom-web", only.GetProperty("url").GetString());
        Assert.Equal(0, only.GetProperty("instances").GetProperty("parked").GetInt32());
        Assert.Contains(await _gateway.AuditAsync(), row => row.Action == "pacs-put");
    }

    [Theory]
    [InlineData("no address", null, null)]
    [InlineData("http://pacs.example", "u", "env:CXR_PACS_NORTH")] // in the clear
    [InlineData("https://pacs.example", "u", "hunter2")]
    [InlineData("https://pacs.example", "u", "env:CXR_TOKEN")] // not a PACS's
    [InlineData("https://pacs.example", "u", "file:/etc/shadow")]
    [InlineData("https://pacs.example", "u", "file:/run/secrets/../../etc/shadow")]
    [InlineData("https://pacs.example", "u", null)]
    public async Task Put_WrongSource_Problem400ThatDoesNotRepeatTheSecret(string url, string? user, string? password)
    {
        using HttpResponseMessage reply = await _gateway.Api.PostAsJsonAsync(
            "/api/v1/pacs",
            new
            {
                hospital = "north",
                url,
                user,
                passwordFrom = password,
            }
        );
        JsonElement problem = await reply.ShouldBeProblemAsync(HttpStatusCode.BadRequest);
        Assert.DoesNotContain("hunter2", problem.Detail(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notify_Study_HintReachesTheCoordinator()
    {
        await PostAsync("pacs", North);
        using HttpResponseMessage reply = await _gateway.Api.PostAsJsonAsync(
            "/api/v1/hospitals/north/pacs:notify",
            new { study = "1.2.3", urgent = true }
        );
        Assert.Equal(HttpStatusCode.Accepted, reply.StatusCode);
        using HttpResponseMessage swept = await _gateway.Api.PostAsync("/api/v1/pacs/north:sweep", null);
        Assert.Equal(HttpStatusCode.Accepted, swept.StatusCode);
        Assert.Equal(
            [("north", new PacsHint("1.2.3", Urgent: true)), ("north", new PacsHint(Everything: true))],
            _gateway.Grains.Hints
        );
    }

    [Theory]
    [InlineData("/api/v1/hospitals/north/pacs:notify", "{\"study\":\"../x\"}", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/hospitals/north/pacs:notify", "{\"urgent\":true}", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/hospitals/south/pacs:notify", "{}", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/pacs/south:check", "{}", HttpStatusCode.NotFound)]
    public async Task Post_Wrong_Problem(string path, string body, HttpStatusCode status)
    {
        await PostAsync("pacs", North);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using HttpResponseMessage reply = await _gateway.Api.PostAsync(path, content);
        await reply.ShouldBeProblemAsync(status);
        Assert.Empty(_gateway.Grains.Hints);
    }

    [Fact]
    public async Task Check_Fault_Told()
    {
        await PostAsync("pacs", North);
        _gateway.Grains.PacsFault = "The PACS of hospital north refuses the credentials (401).";
        using HttpResponseMessage reply = await _gateway.Api.PostAsync("/api/v1/pacs/north:check", null);
        JsonElement check = await reply.ShouldBeJsonAsync();
        Assert.False(check.GetProperty("ok").GetBoolean());
        Assert.Equal(_gateway.Grains.PacsFault, check.GetProperty("fault").GetString());
    }

    [Fact]
    public async Task Remove_Source_Gone()
    {
        await PostAsync("pacs", North);
        using HttpResponseMessage removed = await _gateway.Api.DeleteAsync("/api/v1/pacs/north");
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        using HttpResponseMessage again = await _gateway.Api.DeleteAsync("/api/v1/pacs/north");
        await again.ShouldBeProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task SubmitJob_DaysAndAPacs_OverThePacsElseOverTheLedger()
    {
        await PostAsync("pacs", North);
        await _gateway.AdmitAsync("south", "s.png");
        JsonElement job = await PostAsync(
            "jobs",
            new
            {
                hospitals = "all",
                from = "2020-03-01T00:00:00Z",
                to = "2020-04-30T00:00:00Z",
            },
            HttpStatusCode.Accepted
        );
        JsonElement part = Assert.Single(job.GetProperty("hospitals").EnumerateArray().ToList());
        Assert.Equal("north", part.GetProperty("hospital").GetString());
        Assert.False(part.GetProperty("pacs").GetProperty("complete").GetBoolean());
        Assert.Equal("running", job.GetProperty("state").GetString());
        string id = job.GetProperty("id").GetString()!;
        Assert.Equal("paused", (await PostAsync($"jobs/{id}:pause")).GetProperty("state").GetString());
        Assert.Equal("running", (await PostAsync($"jobs/{id}:resume")).GetProperty("state").GetString());

        JsonElement ledger = await PostAsync("jobs", new { hospitals = "all" }, HttpStatusCode.Accepted);
        Assert.Equal(
            "south",
            Assert.Single(ledger.GetProperty("hospitals").EnumerateArray().ToList()).GetProperty("hospital").GetString()
        );
    }

    [Theory]
    [InlineData("{\"hospitals\":\"all\",\"over\":\"pacs\"}")]
    [InlineData(
        "{\"hospitals\":[\"south\"],\"over\":\"pacs\",\"from\":\"2020-03-01T00:00:00Z\",\"to\":\"2020-04-30T00:00:00Z\"}"
    )]
    [InlineData("{\"hospitals\":\"all\",\"from\":\"2020-04-30T00:00:00Z\",\"to\":\"2020-03-01T00:00:00Z\"}")]
    public async Task SubmitJob_OverPacsWrongly_Problem400(string body)
    {
        await PostAsync("pacs", North);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using HttpResponseMessage reply = await _gateway.Api.PostAsync("/api/v1/jobs", content);
        await reply.ShouldBeProblemAsync(HttpStatusCode.BadRequest);
    }

    private async Task<JsonElement> PostAsync(
        string path,
        object? body = null,
        HttpStatusCode status = HttpStatusCode.OK
    )
    {
        using HttpResponseMessage reply = await _gateway.Api.PostAsJsonAsync($"/api/v1/{path}", body);
        return await reply.ShouldBeJsonAsync(status);
    }
}
