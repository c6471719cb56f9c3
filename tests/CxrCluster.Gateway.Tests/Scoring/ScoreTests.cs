using System.Net;
using System.Text.Json;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;
using CxrCluster.Contracts.Similarity;
using CxrCluster.Gateway.Tests.Hosting;
using CxrCluster.Storage.Scores;

namespace CxrCluster.Gateway.Tests.Scoring;

public sealed class ScoreTests : IAsyncLifetime
{
    private const string Path = "/api/v1/images:score";

    private TestGateway _gateway = null!;

    public async ValueTask InitializeAsync() =>
        _gateway = await TestGateway.StartAsync(
            new GatewayOptions { MaxUploadBytes = 100_000, MaxConcurrentScores = 2 }
        );

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Score_Frontal_AnswersScoreAndSimilarCases()
    {
        InstanceId other = await _gateway.AdmitAsync("south", "old.png", patient: "p9", label: 1);
        _gateway.Grains.Similar = _ => new SimilarReply(
            [new Neighbour(other, "p9", "old.png", 0.25, 0.8, 1)],
            [new HospitalId("west")]
        );

        using HttpResponseMessage reply = await PostAsync(
            [1, 2],
            "a.png",
            ("hospital", "north"),
            ("patientId", "p1"),
            ("view", "AP")
        );
        JsonElement score = await reply.ShouldBeJsonAsync();

        Assert.Equal("scored", score.GetProperty("status").GetString());
        Assert.Equal(0.9, score.GetProperty("probability").GetDouble());
        Assert.Equal(1, score.GetProperty("label").GetInt32());
        Assert.Equal(0.5, score.GetProperty("threshold").GetDouble());
        Assert.Equal("p1", score.GetProperty("patientId").GetString());
        Assert.Equal(TestGateway.Model.ToString(), score.GetProperty("model").GetString());
        Assert.Equal(JsonValueKind.Null, score.GetProperty("reason").ValueKind);
        JsonElement similar = Assert.Single(score.GetProperty("similar").EnumerateArray().ToList());
        Assert.Equal(
            """{"rank":1,"hospital":"south","uid":"UID","patientId":"p9","image":"old.png","distance":0.25,"probability":0.8,"label":1,"view":null,"takenAt":null}""".Replace(
                "UID",
                other.Uid.Value
            ),
            similar.GetRawText()
        );
        Assert.Equal("west", Assert.Single(score.GetProperty("missing").EnumerateArray().ToList()).GetString());
    }

    [Fact]
    public async Task Score_Frontal_AsksFastAndForOtherPatients()
    {
        using HttpResponseMessage reply = await PostAsync([1], "a.png", ("hospital", "north"), ("patientId", "p1"));
        JsonElement score = await reply.ShouldBeJsonAsync();
        Assert.Equal(ScoringPriority.Interactive, Assert.Single(_gateway.Pipeline.Calls).Priority);
        SimilarQuery query = Assert.Single(_gateway.Grains.Queries);
        Assert.Equal(4, query.K);
        Assert.Null(query.Reader);
        Assert.Equal(score.GetProperty("uid").GetString(), query.ExcludeInstance!.Value.Uid.Value);
        Assert.Equal((new HospitalId("north"), "p1"), query.ExcludePatient);
    }

    [Fact]
    public async Task Score_Frontal_IsRecordedAndAudited()
    {
        using HttpResponseMessage reply = await PostAsync([1], "a.png", ("hospital", "north"));
        await reply.ShouldBeJsonAsync();
        WorklistPage page = await _gateway
            .Get<IScoreStore>()
            .ReadWorklistAsync(new WorklistQuery(TestGateway.Model), default);
        ScoredInstance row = Assert.Single(page.Rows);
        Assert.Equal("a.png", row.Instance.Name);
        var audit = Assert.Single(await _gateway.AuditAsync());
        Assert.Equal(("token", "score", row.Instance.Id.ToString()), (audit.Actor, audit.Action, audit.Subject));
    }

    [Fact]
    public async Task Score_SameImageAgain_TakesTheRecordedResult()
    {
        using HttpResponseMessage first = await PostAsync([1], "a.png", ("hospital", "north"));
        using HttpResponseMessage second = await PostAsync([1], "b.png", ("hospital", "north"));
        JsonElement score = await second.ShouldBeJsonAsync();
        Assert.Equal("b.png", score.GetProperty("name").GetString());
        Assert.Single(_gateway.Pipeline.Calls);
    }

    [Fact]
    public async Task Score_Excluded_AnswersTheReason()
    {
        _gateway.Pipeline.Answer = (_, _) =>
            Task.FromResult(ImageScore.Excluded(new Reason(ReasonCodes.LateralView, "it is lateral"), 1));
        using HttpResponseMessage reply = await PostAsync([1], "a.png", ("hospital", "north"));
        JsonElement score = await reply.ShouldBeJsonAsync();
        Assert.Equal("excluded", score.GetProperty("status").GetString());
        Assert.Equal("it is lateral", score.GetProperty("reason").GetString());
        Assert.Equal("lateral-view", score.GetProperty("reasonCode").GetString());
        Assert.Equal(JsonValueKind.Null, score.GetProperty("probability").ValueKind);
        Assert.Empty(score.GetProperty("similar").EnumerateArray());
    }

    [Fact]
    public async Task Score_Unreadable_Problem422WithTheReason()
    {
        Fails(ReasonCodes.Unreadable, "a.png is no picture: send PNG.");
        using HttpResponseMessage reply = await PostAsync([1], "a.png", ("hospital", "north"));
        JsonElement problem = await reply.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("a.png is no picture: send PNG.", problem.Detail());
        Assert.Equal("unreadable", problem.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Score_NoWorker_Problem503WithRetryAfter()
    {
        Fails(ReasonCodes.Unavailable, "No worker.");
        using HttpResponseMessage reply = await PostAsync([1], "a.png", ("hospital", "north"));
        await reply.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable);
        Assert.NotNull(reply.Headers.RetryAfter);
    }

    [Theory]
    [InlineData(100_001)] // within what a form may hold, the file itself too large
    [InlineData(400_000)] // more than Kestrel takes for this call
    public async Task Score_TooLarge_Problem413(int bytes)
    {
        using HttpResponseMessage reply = await PostAsync(new byte[bytes], "a.png", ("hospital", "north"));
        await reply.ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge);
        Assert.Empty(_gateway.Pipeline.Calls);
    }

    [Fact]
    public async Task Score_AllPlacesTaken_Problem429WithRetryAfter()
    {
        var entered = new SemaphoreSlim(0);
        var go = new TaskCompletionSource();
        _gateway.Pipeline.Answer = async (_, _) =>
        {
            entered.Release();
            await go.Task;
            return FakePipeline.Scored(0.1);
        };
        Task<HttpResponseMessage>[] busy =
        [
            PostAsync([1], "a.png", ("hospital", "north")),
            PostAsync([2], "b.png", ("hospital", "north")),
        ];
        await entered.WaitAsync(TestContext.Current.CancellationToken);
        await entered.WaitAsync(TestContext.Current.CancellationToken);

        using HttpResponseMessage third = await PostAsync([3], "c.png", ("hospital", "north"));
        await third.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests);
        Assert.NotNull(third.Headers.RetryAfter);

        go.SetResult();
        foreach (Task<HttpResponseMessage> call in busy)
            await (await call).ShouldBeJsonAsync();
    }

    [Theory]
    [InlineData("hospital is missing", "patientId", "p1")]
    [InlineData("'patient_id'", "patient_id", "p1")]
    [InlineData("'NORTH'", "hospital", "NORTH")]
    [InlineData("name@version", "model", "resnet")]
    [InlineData("'k' is '0'", "k", "0")]
    public async Task Score_BadField_Problem400NamesIt(string named, string field, string value)
    {
        (string, string)[] fields = field is "hospital" or "patientId"
            ? [(field, value)]
            : [("hospital", "north"), (field, value)];
        using HttpResponseMessage reply = await PostAsync([1], "a.png", fields);
        JsonElement problem = await reply.ShouldBeProblemAsync(HttpStatusCode.BadRequest);
        Assert.Contains(named.Replace("hospital is", "'hospital' is"), problem.Detail());
    }

    [Fact]
    public async Task Score_NoFileOrEmptyFile_Problem400()
    {
        using HttpResponseMessage none = await PostAsync(null, "", ("hospital", "north"));
        Assert.Contains("no file", (await none.ShouldBeProblemAsync(HttpStatusCode.BadRequest)).Detail());
        using HttpResponseMessage empty = await PostAsync([], "a.png", ("hospital", "north"));
        Assert.Contains("a.png is empty", (await empty.ShouldBeProblemAsync(HttpStatusCode.BadRequest)).Detail());
    }

    [Fact]
    public async Task Score_NotMultipart_Problem415()
    {
        using var body = new ByteArrayContent([1]);
        using HttpResponseMessage reply = await _gateway.Api.PostAsync(Path, body);
        await reply.ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task Score_BodyEndsEarly_Problem400()
    {
        using var body = new StringContent(
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\nxx"
        );
        body.Headers.ContentType = new("multipart/form-data") { Parameters = { new("boundary", "b") } };
        using HttpResponseMessage reply = await _gateway.Api.PostAsync(Path, body);
        await reply.ShouldBeProblemAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Score_UnknownModel_Problem409()
    {
        using HttpResponseMessage reply = await PostAsync([1], "a.png", ("hospital", "north"), ("model", "other@1"));
        JsonElement problem = await reply.ShouldBeProblemAsync(HttpStatusCode.Conflict);
        Assert.Contains("other@1", problem.Detail());
    }

    private void Fails(string code, string text) =>
        _gateway.Pipeline.Answer = (_, _) => Task.FromResult(ImageScore.Failed(new Reason(code, text), 1));

    private async Task<HttpResponseMessage> PostAsync(byte[]? file, string name, params (string, string)[] fields)
    {
        using MultipartFormDataContent form = Replies.Form(file, name, fields);
        return await _gateway.Api.PostAsync(Path, form);
    }
}
