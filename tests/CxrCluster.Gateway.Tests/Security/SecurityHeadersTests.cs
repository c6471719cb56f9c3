using CxrCluster.Gateway.Tests.Hosting;

namespace CxrCluster.Gateway.Tests.Security;

public sealed class SecurityHeadersTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/api/v1/studies")]
    [InlineData("/api/v1/nothing")]
    [InlineData("/health/live")]
    [InlineData("/nothing")]
    public async Task Get_AnyAnswer_CarriesThem(string path)
    {
        using HttpResponseMessage reply = await shared.Gateway.Api.GetAsync(path);
        string policy = Assert.Single(reply.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none';", policy);
        Assert.Contains("script-src 'self';", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.Equal(["nosniff"], reply.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal(["no-referrer"], reply.Headers.GetValues("Referrer-Policy"));
        Assert.Contains("no-store", reply.Headers.CacheControl?.ToString());
        Assert.False(reply.Headers.Contains("Server"));
    }
}
