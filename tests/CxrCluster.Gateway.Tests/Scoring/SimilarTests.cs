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
