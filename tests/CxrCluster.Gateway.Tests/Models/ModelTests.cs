using System.Net;
using System.Text.Json;
using CxrCluster.Contracts.Identity;
using CxrCluster.Gateway.Tests.Hosting;
using CxrCluster.Storage.Models;

namespace CxrCluster.Gateway.Tests.Models;

public sealed class ModelTests : IAsyncLifetime
{
    private TestGateway _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await TestGateway.StartAsync();

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task List_ShowsManifestAndWhichIsActive()
    {
        using HttpResponseMessage reply = await _gateway.Api.GetAsync("/api/v1/models");
        JsonElement model = Assert.Single((await reply.ShouldBeJsonAsync()).EnumerateArray().ToList());
        Assert.Equal(TestGateway.Model.ToString(), model.GetProperty("id").GetString());
        Assert.True(model.GetProperty("active").GetBoolean());
        Assert.Equal("resnet34", model.GetProperty("manifest").GetProperty("architecture").GetString());
    }

    [Fact]
    public async Task Activate_Known_WarmsEverySlotFirst()
    {
        var next = new ModelId("tiny", "ffff");
        await _gateway.Get<IModelStore>().RegisterAsync(next, "{}", DateTimeOffset.UnixEpoch, default);
        _gateway.Nodes.Slots = 2;
        using HttpResponseMessage reply = await _gateway.Api.PostAsync($"/api/v1/models/{next}:activate", null);
        Assert.Equal(HttpStatusCode.NoContent, reply.StatusCode);
        Assert.Equal([("n1/0", next), ("n1/1", next)], _gateway.Grains.Warmed.Order());
        Assert.Equal(next, (await _gateway.Get<IModelStore>().FindActiveAsync(default))?.Id);
    }

    [Fact]
    public async Task Activate_Unknown_Problem409()
    {
        using HttpResponseMessage reply = await _gateway.Api.PostAsync("/api/v1/models/other@1:activate", null);
        await reply.ShouldBeProblemAsync(HttpStatusCode.Conflict);
        Assert.Equal(TestGateway.Model, (await _gateway.Get<IModelStore>().FindActiveAsync(default))?.Id);
    }

    [Theory]
    [InlineData("classifier.safetensors, segmenter.safetensors is missing", "model.json")]
    [InlineData("'weights.bin' is not a file of a model bundle", "weights.bin")]
    [InlineData("'passwd' is not a file of a model bundle", "../../etc/passwd")]
    [InlineData("model.json was sent twice", "model.json", "model.json")]
    public async Task Push_WrongFiles_Problem400(string named, params string[] files)
    {
        using HttpResponseMessage reply = await PushAsync(files);
        Assert.Contains(named, (await reply.ShouldBeProblemAsync(HttpStatusCode.BadRequest)).Detail());
    }

    [Fact]
    public async Task Push_DamagedBundle_Problem422AndNothingIsRegistered()
    {
        using HttpResponseMessage reply = await PushAsync(
            "model.json",
            "classifier.safetensors",
            "segmenter.safetensors"
        );
        JsonElement problem = await reply.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("invalid-bundle", problem.GetProperty("code").GetString());
        Assert.Single(await _gateway.Get<IModelStore>().ListAsync(default));
    }

    private async Task<HttpResponseMessage> PushAsync(params string[] files)
    {
        using var form = new MultipartFormDataContent();
        foreach (string file in files)
            form.Add(new ByteArrayContent([1, 2, 3]), "file", file);
        return await _gateway.Api.PostAsync("/api/v1/models", form);
    }
}
