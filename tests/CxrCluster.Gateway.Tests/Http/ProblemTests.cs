using System.Net;
using System.Text.Json;
using CxrCluster.Gateway.Tests.Hosting;

namespace CxrCluster.Gateway.Tests.Http;

public sealed class ProblemTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    private readonly TestGateway _gateway = shared.Gateway;

    [Fact]
    public async Task Get_UnknownRoute_Problem404()
    {
        using HttpResponseMessage reply = await _gateway.Api.GetAsync("/api/v1/nothing");
        await reply.ShouldBeProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Delete_KnownRoute_Problem405()
    {
        using HttpResponseMessage reply = await _gateway.Api.DeleteAsync("/api/v1/studies");
        await reply.ShouldBeProblemAsync(HttpStatusCode.MethodNotAllowed);
    }

    [Theory]
    [InlineData("/api/v1/studies?minProbability=much", "minProbability")]
    [InlineData("/api/v1/studies?hospital=NORTH!", "NORTH!")]
    [InlineData("/api/v1/studies?cursor=nonsense", "cursor")]
    [InlineData("/api/v1/jobs/NO_JOB", "NO_JOB")]
    public async Task Get_BadParameter_Problem400NamesIt(string path, string named)
    {
        using HttpResponseMessage reply = await _gateway.Api.GetAsync(path);
        JsonElement problem = await reply.ShouldBeProblemAsync(HttpStatusCode.BadRequest);
        Assert.Contains(named, problem.Detail());
    }

    [Theory]
    [InlineData("""{"hospitals":7}""")]
    [InlineData("""{"hospitals":["North!"]}""")]
    [InlineData("{")]
    public async Task Post_BadJson_Problem400(string json)
    {
        using var body = new StringContent(json, null, "application/json");
        using HttpResponseMessage reply = await _gateway.Api.PostAsync("/api/v1/jobs", body);
        JsonElement problem = await reply.ShouldBeProblemAsync(HttpStatusCode.BadRequest);
        Assert.Contains("JSON", problem.Detail());
    }

    [Fact]
    public async Task Get_UnknownImage_Problem404()
    {
        using HttpResponseMessage reply = await _gateway.Api.GetAsync("/api/v1/images/north/1.2.3");
        JsonElement problem = await reply.ShouldBeProblemAsync(HttpStatusCode.NotFound);
        Assert.Contains("north/1.2.3", problem.Detail());
    }

    [Fact]
    public async Task Get_NoActiveModel_Problem409()
    {
        await using TestGateway empty = await TestGateway.StartAsync(withModel: false);
        using HttpResponseMessage reply = await empty.Api.GetAsync("/api/v1/studies");
        JsonElement problem = await reply.ShouldBeProblemAsync(HttpStatusCode.Conflict);
        Assert.Equal("no-model", problem.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Post_UnexpectedFailure_Problem500TellsNothing()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        gateway.Pipeline.Answer = (_, _) => throw new InvalidOperationException("secret of patient 7");
        using MultipartFormDataContent form = Replies.Form([1], "a.png", ("hospital", "north"));
        using HttpResponseMessage reply = await gateway.Api.PostAsync("/api/v1/images:score", form);
        JsonElement problem = await reply.ShouldBeProblemAsync(HttpStatusCode.InternalServerError);
        Assert.DoesNotContain("secret", problem.ToString());
    }

    [Fact]
    public async Task Page_Unknown_IsAPageNotJson()
    {
        using HttpResponseMessage reply = await _gateway.Api.GetAsync("/nothing");
        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
        Assert.Equal("text/html", reply.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Page_UnknownImage_SaysWhat()
    {
        using HttpResponseMessage reply = await _gateway.Api.GetAsync("/images/north/1.2.3");
        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
        Assert.Contains("There is no image north/1.2.3", await reply.Content.ReadAsStringAsync());
    }
}
