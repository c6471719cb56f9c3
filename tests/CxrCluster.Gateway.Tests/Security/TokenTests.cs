using System.Net;
using CxrCluster.Gateway.Tests.Hosting;

namespace CxrCluster.Gateway.Tests.Security;

public sealed class TokenTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    private readonly TestGateway _gateway = shared.Gateway;

    [Theory]
    [InlineData("/api/v1/studies")]
    [InlineData("/api/v1/audit")]
    [InlineData("/api/v1/images/north/1.2/preview")]
    [InlineData("/openapi/v1.json")]
    public async Task Get_NoToken_Refused(string path)
    {
        using HttpResponseMessage reply = await _gateway.Anonymous.GetAsync(path);
        await reply.ShouldBeProblemAsync(HttpStatusCode.Unauthorized);
        Assert.Equal("Bearer", reply.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("00000000000000000000000000000000000000000000")]
    public async Task Get_WrongToken_Refused(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/studies");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        using HttpResponseMessage reply = await _gateway.Anonymous.SendAsync(request);
        await reply.ShouldBeProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Get_RightToken_Answered()
    {
        using HttpResponseMessage reply = await _gateway.Api.GetAsync("/api/v1/studies");
        await reply.ShouldBeJsonAsync();
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Health_NoToken_Answered(string path)
    {
        _gateway.Nodes.Slots = 1;
        using HttpResponseMessage reply = await _gateway.Anonymous.GetAsync(path);
        await reply.ShouldBeJsonAsync();
    }

    [Theory]
    [InlineData("images:score")]
    [InlineData("images")]
    [InlineData("similar")]
    [InlineData("jobs")]
    [InlineData("jobs/j1:cancel")]
    [InlineData("jobs/j1:retry")]
    [InlineData("models")]
    [InlineData("models/tiny@0123456789abcdef:activate")]
    public async Task Post_NoToken_Refused(string path)
    {
        using HttpResponseMessage reply = await _gateway.Anonymous.PostAsync($"/api/v1/{path}", null);
        await reply.ShouldBeProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public void Matches_OnlyTheToken()
    {
        var token = new AccessToken("");
        Assert.True(token.Value.Length >= 43); // 256 bits in base64
        Assert.True(token.Matches(token.Value));
        Assert.False(token.Matches(token.Value + "x"));
        Assert.False(token.Matches(token.Value[..^1]));
        Assert.False(token.Matches(""));
        Assert.False(token.Matches(null));
        Assert.NotEqual(token.Value, new AccessToken("").Value);
    }

    [Fact]
    public void TryRedeem_TwoThreadsAtOnce_OneWins()
    {
        var token = new AccessToken("");
        string code = token.SignInLink("http://127.0.0.1:1").Query["?code=".Length..];
        int entered = 0;
        Parallel.For(0, 32, _ => Interlocked.Add(ref entered, token.TryRedeem(code) ? 1 : 0));
        Assert.Equal(1, entered);
    }

    [Fact]
    public void TryRedeem_WrongCode_LeavesTheCodeGood()
    {
        var token = new AccessToken("");
        Assert.False(token.TryRedeem("guess"));
        Assert.True(token.TryRedeem(token.SignInLink("http://127.0.0.1:1").Query["?code=".Length..]));
    }
}
