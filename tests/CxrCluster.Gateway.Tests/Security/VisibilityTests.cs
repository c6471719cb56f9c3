using System.Net;
using System.Text.Json;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Similarity;
using CxrCluster.Gateway.Tests.Hosting;

namespace CxrCluster.Gateway.Tests.Security;

/// <summary>A gateway of hospital "north".</summary>
public sealed class VisibilityTests : IAsyncLifetime
{
    private TestGateway _gateway = null!;

    public async ValueTask InitializeAsync() =>
        _gateway = await TestGateway.StartAsync(new GatewayOptions { Reader = "north" });

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Lists_OtherHospital_NotShown()
    {
        await _gateway.AdmitAsync("north", "a.png");
        await _gateway.AdmitAsync("south", "b.png");
        using HttpResponseMessage reply = await _gateway.Api.GetAsync("/api/v1/hospitals");
        JsonElement hospitals = await reply.ShouldBeJsonAsync();
        Assert.Equal(["north"], hospitals.EnumerateArray().Select(h => h.GetProperty("hospital").GetString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/preview")]
    [InlineData("/lungs")]
    public async Task Image_OtherHospital_Refused(string what)
    {
        InstanceId image = await _gateway.AdmitAsync("south", "b.png", Replies.Png(64, 64));
        using HttpResponseMessage reply = await _gateway.Api.GetAsync($"/api/v1/images/south/{image.Uid}{what}");
        await reply.ShouldBeProblemAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Job_OtherHospital_Refused()
    {
        await _gateway.AdmitAsync("south", "b.png");
        using var body = new StringContent("""{"hospitals":["south"]}""", null, "application/json");
        using HttpResponseMessage reply = await _gateway.Api.PostAsync("/api/v1/jobs", body);
        await reply.ShouldBeProblemAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Similar_AsksAsReaderOfTheHospital()
    {
        using MultipartFormDataContent form = Replies.Form([1], "a.png", ("hospital", "north"));
        using HttpResponseMessage reply = await _gateway.Api.PostAsync("/api/v1/images:score", form);
        await reply.ShouldBeJsonAsync();
        SimilarQuery query = Assert.Single(_gateway.Grains.Queries);
        Assert.Equal(new HospitalId("north"), query.Reader);
    }
}
