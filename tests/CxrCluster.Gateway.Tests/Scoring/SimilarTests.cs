using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Similarity;
using CxrCluster.Gateway.Tests.Hosting;

namespace CxrCluster.Gateway.Tests.Scoring;

public sealed class SimilarTests : IAsyncLifetime
{
    private TestGateway _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await TestGateway.StartAsync();

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Similar_ScoredImage_SearchesItsEmbedding()
    {
        using MultipartFormDataContent form = Replies.Form([1], "a.png", ("hospital", "north"));
        using HttpResponseMessage scored = await _gateway.Api.PostAsync("/api/v1/images:score", form);
        string uid = (await scored.ShouldBeJsonAsync()).GetProperty("uid").GetString()!;
        _gateway.Grains.Queries.Clear();

        using HttpResponseMessage reply = await _gateway.Api.PostAsJsonAsync(
            "/api/v1/similar",
            new
            {
                hospital = "north",
                uid,
                k = 7,
            }
        );
        JsonElement answer = await reply.ShouldBeJsonAsync();
        Assert.Equal(JsonValueKind.Array, answer.GetProperty("similar").ValueKind);
        SimilarQuery query = Assert.Single(_gateway.Grains.Queries);
        Assert.Equal([0.9f, 1], query.Vector);
        Assert.Equal(7, query.K);
    }

    [Fact]
    public async Task Similar_File_IsScoredFirst()
    {
        using MultipartFormDataContent form = Replies.Form([1], "a.png", ("hospital", "north"), ("k", "2"));
        using HttpResponseMessage reply = await _gateway.Api.PostAsync("/api/v1/similar", form);
        await reply.ShouldBeJsonAsync();
        Assert.Equal(2, Assert.Single(_gateway.Grains.Queries).K);
        Assert.Contains(await _gateway.AuditAsync(), row => row.Action == "similar");
    }

    [Fact]
    public async Task Similar_Embedding_IsSearchedUnderTheFilter()
    {
        using HttpResponseMessage reply = await _gateway.Api.PostAsJsonAsync(
            "/api/v1/similar",
            new
            {
                embedding = new float[128],
                label = 1,
                view = "AP",
                from = "2020-03-01T00:00:00Z",
            }
        );
        await reply.ShouldBeJsonAsync();
        SimilarQuery query = Assert.Single(_gateway.Grains.Queries);
        Assert.Equal(new float[128], query.Vector);
        Assert.Equal(
            new SimilarFilter(new DateTimeOffset(2020, 3, 1, 0, 0, 0, TimeSpan.Zero), null, 1, "AP"),
            query.Filter
        );
        Assert.Contains(await _gateway.AuditAsync(), row => row.Action == "similar");
    }

    [Theory]
    [InlineData(
        """{"embedding":[1,2,3]}""",
        "The embedding has 3 components: model tiny@0123456789abcdef has 128 finite numbers."
    )]
    [InlineData("""{"hospital":"north"}""", "Name one thing to compare")]
    [InlineData("""{"hospital":"north","uid":"1.2","embedding":[1]}""", "Name one thing to compare")]
    [InlineData("""{"hospital":"north","uid":"1.2","k":0}""", "k is 0: give 1 to 100.")]
    [InlineData("""{"hospital":"north","uid":"1.2","label":2}""", "label is 2: give 0 or 1")]
    public async Task Similar_WrongRequest_Problem400WithTheRemedy(string body, string sentence)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using HttpResponseMessage reply = await _gateway.Api.PostAsync("/api/v1/similar", content);
        JsonElement problem = await reply.ShouldBeProblemAsync(HttpStatusCode.BadRequest);
        Assert.Contains(sentence, problem.Detail());
    }

    [Fact]
    public async Task Index_AfterScoring_ShowsItsShards()
    {
        using MultipartFormDataContent form = Replies.Form([1], "a.png", ("hospital", "north"));
        using HttpResponseMessage scored = await _gateway.Api.PostAsync("/api/v1/images:score", form);
        using HttpResponseMessage reply = await _gateway.Api.GetAsync("/api/v1/index");
        JsonElement index = Assert.Single((await reply.ShouldBeJsonAsync()).EnumerateArray().ToList());
        Assert.Equal("north", index.GetProperty("hospital").GetString());
        Assert.Equal("serving", index.GetProperty("state").GetString());
        Assert.Equal(3, index.GetProperty("embeddings").GetInt32());
    }

    [Fact]
    public async Task Similar_ImageWithoutResult_Problem409()
    {
        InstanceId image = await _gateway.AdmitAsync("north", "a.png");
        using HttpResponseMessage reply = await _gateway.Api.PostAsJsonAsync(
            "/api/v1/similar",
            new { hospital = "north", uid = image.Uid.Value }
        );
        JsonElement problem = await reply.ShouldBeProblemAsync(HttpStatusCode.Conflict);
        Assert.Contains("Score it first", problem.Detail());
    }

    [Fact]
    public async Task Similar_UnknownImage_Problem404()
    {
        using HttpResponseMessage reply = await _gateway.Api.PostAsJsonAsync(
            "/api/v1/similar",
            new { hospital = "north", uid = "1.2" }
        );
        await reply.ShouldBeProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Similar_ClusterDoesNotAnswer_ScoreStandsAndAllAreMissing()
    {
        _gateway.Grains.Similar = _ => throw new TimeoutException();
        using MultipartFormDataContent form = Replies.Form([1], "a.png", ("hospital", "north"));
        using HttpResponseMessage reply = await _gateway.Api.PostAsync("/api/v1/images:score", form);
        JsonElement score = await reply.ShouldBeJsonAsync();
        Assert.Equal("scored", score.GetProperty("status").GetString());
        Assert.Equal("north", Assert.Single(score.GetProperty("missing").EnumerateArray().ToList()).GetString());
    }
}
