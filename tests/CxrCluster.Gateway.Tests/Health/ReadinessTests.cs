using System.Net;
using System.Text.Json;
using CxrCluster.Gateway.Tests.Hosting;

namespace CxrCluster.Gateway.Tests.Health;

/// <summary>A node without slots of its own: it needs some elsewhere.</summary>
public sealed class ReadinessTests
{
    [Fact]
    public async Task Ready_ActiveModelAndLiveSlot_Ready()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        gateway.Nodes.Slots = 1;
        using HttpResponseMessage reply = await gateway.Anonymous.GetAsync("/health/ready");
        Assert.True((await reply.ShouldBeJsonAsync()).GetProperty("ready").GetBoolean());
    }

    [Fact]
    public async Task Ready_ActiveModelAndNoSlotAnywhere_NotReady()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using HttpResponseMessage reply = await gateway.Anonymous.GetAsync("/health/ready");
        JsonElement report = await reply.ShouldBeJsonAsync(HttpStatusCode.ServiceUnavailable);
        JsonElement failed = Assert.Single(
            report.GetProperty("checks").EnumerateArray().Where(c => !c.GetProperty("ok").GetBoolean()).ToList()
        );
        Assert.Equal("slots", failed.GetProperty("name").GetString());
    }

    [Fact]
    public async Task Ready_NoModelYet_Ready()
    {
        await using TestGateway gateway = await TestGateway.StartAsync(withModel: false);
        using HttpResponseMessage reply = await gateway.Anonymous.GetAsync("/health/ready");
        await reply.ShouldBeJsonAsync();
    }
}
