using System.Net;
using CxrCluster.Gateway.Tests.Hosting;

namespace CxrCluster.Gateway.Tests.Reports;

public sealed class ReportTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cxr-reports-");
    private TestGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        DirectoryInfo reports = _folder.CreateSubdirectory("reports");
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "secret.txt"), "secret");
        await File.WriteAllTextAsync(Path.Combine(reports.FullName, "report.html"), "<h1>Report</h1>");
        await File.WriteAllTextAsync(Path.Combine(reports.FullName, "metrics.json"), "{}");
        _gateway = await TestGateway.StartAsync(new GatewayOptions { ReportFolder = reports.FullName });
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("/reports", "text/html")]
    [InlineData("/reports/", "text/html")]
    [InlineData("/reports/metrics.json", "application/json")]
    public async Task Get_FileOfTheFolder_ServedWithoutScripts(string path, string type)
    {
        using HttpResponseMessage reply = await _gateway.Api.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal(type, reply.Content.Headers.ContentType?.MediaType);
        string policy = Assert.Single(reply.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy);
        Assert.DoesNotContain("script-src", policy);
    }

    [Theory]
    [InlineData("/reports/../secret.txt")]
    [InlineData("/reports/..%2Fsecret.txt")]
    [InlineData("/reports/%2e%2e/secret.txt")]
    [InlineData("/reports/nothing.png")]
    public async Task Get_NothingOfTheFolder_NotFound(string path)
    {
        using HttpResponseMessage reply = await _gateway.Api.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
    }

    [Fact]
    public async Task Get_NotSignedIn_Refused()
    {
        using HttpResponseMessage reply = await _gateway.Anonymous.GetAsync("/reports/");
        Assert.Equal(HttpStatusCode.Redirect, reply.StatusCode);
    }
}
