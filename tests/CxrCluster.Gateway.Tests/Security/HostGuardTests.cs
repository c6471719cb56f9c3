using System.Net;
using CxrCluster.Gateway.Tests.Hosting;

namespace CxrCluster.Gateway.Tests.Security;

public sealed class HostGuardTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    private readonly TestGateway _gateway = shared.Gateway;

    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("localhost.evil.example:8080")]
    [InlineData("192.168.1.7")]
    public async Task Get_ForeignHost_Refused(string host)
    {
        using HttpResponseMessage reply = await SendAsync(_gateway, "/sign-in", host);
        await reply.ShouldBeProblemAsync(HttpStatusCode.BadRequest);
        Assert.False(reply.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:8080")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]:8080")]
    public async Task Get_LoopbackName_Answered(string host)
    {
        using HttpResponseMessage reply = await SendAsync(_gateway, "/sign-in", host);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
    }

    [Fact]
    public async Task Health_ForeignHost_Answered()
    {
        using HttpResponseMessage reply = await SendAsync(_gateway, "/health/live", "10.0.0.7:8080");
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
    }

    [Fact]
    public async Task Get_AllowedHost_Answered()
    {
        await using TestGateway gateway = await TestGateway.StartAsync(
            new GatewayOptions { AllowedHosts = { "cxr.hospital.example" } }
        );
        using HttpResponseMessage reply = await SendAsync(gateway, "/sign-in", "cxr.hospital.example");
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
    }

    private static async Task<HttpResponseMessage> SendAsync(TestGateway gateway, string path, string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = host;
        return await gateway.Anonymous.SendAsync(request);
    }
}
