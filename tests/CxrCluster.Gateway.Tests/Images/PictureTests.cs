using System.Net;
using CxrCluster.Contracts.Faults;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Workers;
using CxrCluster.Gateway.Tests.Hosting;
using OpenCvSharp;

namespace CxrCluster.Gateway.Tests.Images;

public sealed class PictureTests : IAsyncLifetime
{
    private TestGateway _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await TestGateway.StartAsync();

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Theory]
    [InlineData("preview", 200, 100)]
    [InlineData("preview?side=50", 50, 25)]
    [InlineData("preview?kind=network", 64, 64)]
    [InlineData("preview?kind=network&side=32", 32, 32)]
    public async Task Preview_Readable_IsGrayPngOfTheSize(string what, int width, int height)
    {
        using Mat picture = await DecodeAsync(await AddressAsync(what));
        Assert.Equal((width, height, 1), (picture.Width, picture.Height, picture.Channels()));
    }

    [Fact]
    public async Task Preview_Gradient_FillsTheScreensRange()
    {
        using Mat picture = await DecodeAsync(await AddressAsync("preview"));
        Cv2.MinMaxLoc(picture, out double low, out double high);
        Assert.Equal((0, 255), (low, high));
    }

    [Fact]
    public async Task Preview_Unreadable_Problem422()
    {
        InstanceId image = await _gateway.AdmitAsync("north", "text.png");
        using HttpResponseMessage reply = await _gateway.Api.GetAsync($"/api/v1/images/north/{image.Uid}/preview");
        await reply.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Preview_UnknownKind_Problem400()
    {
        using HttpResponseMessage reply = await _gateway.Api.GetAsync(await AddressAsync("preview?kind=heat"));
        Assert.Contains("'heat'", (await reply.ShouldBeProblemAsync(HttpStatusCode.BadRequest)).Detail());
    }

    [Fact]
    public async Task Preview_LargeAudited_ThumbnailNot()
    {
        string preview = await AddressAsync("preview");
        using HttpResponseMessage small = await _gateway.Api.GetAsync($"{preview}?side=96");
        Assert.Empty(await _gateway.AuditAsync());
        using HttpResponseMessage large = await _gateway.Api.GetAsync(preview);
        Assert.Equal("view-pixels", Assert.Single(await _gateway.AuditAsync()).Action);
    }

    [Fact]
    public async Task Lungs_OneSlotBusy_AnotherAnswersWithOpacity()
    {
        _gateway.Nodes.Slots = 2;
        byte[] map = [.. Enumerable.Range(0, 64 * 64).Select(i => (byte)(i / 64 < 32 ? 0 : 200))];
        _gateway.Grains.Infer = (slot, request) =>
            slot == "n1/0"
                ? throw new WorkerBusyException("full")
                : new InferenceReply(0.5, 0.5, 0.5, [], request.WantLungMap ? map : null);
        using Mat layer = await DecodeAsync(await AddressAsync("lungs"));
        Assert.Equal((64, 64, 4), (layer.Width, layer.Height, layer.Channels()));
        Assert.Equal(0, layer.At<Vec4b>(10, 10).Item3);
        Assert.Equal(200, layer.At<Vec4b>(50, 10).Item3);
    }

    [Fact]
    public async Task Lungs_NoSlotAnswers_Problem503WithRetryAfter()
    {
        _gateway.Nodes.Slots = 1;
        using HttpResponseMessage reply = await _gateway.Api.GetAsync(await AddressAsync("lungs"));
        await reply.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable);
        Assert.NotNull(reply.Headers.RetryAfter);
    }

    [Fact]
    public async Task HeatMap_SlotAnswers_IsColourOverTheNetworksInputAndAudited()
    {
        _gateway.Nodes.Slots = 1;
        byte[] heat = [.. Enumerable.Range(0, 64 * 64).Select(i => (byte)(i / 64 < 32 ? 0 : 255))];
        var asked = 0;
        _gateway.Grains.Infer = (_, request) =>
        {
            asked++;
            return new InferenceReply(
                0.5,
                0.5,
                0.5,
                [],
                request.WantLungMap ? heat : null,
                request.WantHeatMap ? heat : null
            );
        };
        string address = await AddressAsync("heatmap.png");
        using Mat plain = await DecodeAsync(address);
        using Mat outlined = await DecodeAsync($"{address}?lungs=true");
        using Mat again = await DecodeAsync(address);

        Assert.Equal(3, plain.Channels());
        Vec3b cold = plain.At<Vec3b>(60, 200);
        Assert.Equal((cold.Item0, cold.Item0), (cold.Item1, cold.Item2));
        Vec3b warm = plain.At<Vec3b>(300, 20);
        Assert.NotEqual(warm.Item0, warm.Item2);
        Assert.True(Cv2.Norm(plain, outlined) > 0, "the lungs' outline is not drawn");
        Assert.Equal(0, Cv2.Norm(plain, again));
        Assert.Equal(2, asked); // the third came from the cache
        Assert.Equal(3, (await _gateway.AuditAsync()).Count(entry => entry.Action == "view-heatmap"));
    }

    [Fact]
    public async Task HeatMap_SlotOfAnOlderVersion_Problem503()
    {
        _gateway.Nodes.Slots = 1;
        _gateway.Grains.Infer = (_, _) => new InferenceReply(0.5, 0.5, 0.5, [], new byte[64 * 64]);
        using HttpResponseMessage reply = await _gateway.Api.GetAsync(await AddressAsync("heatmap.png"));
        await reply.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable);
    }

    private async Task<string> AddressAsync(string what)
    {
        InstanceId image = await _gateway.AdmitAsync("north", "a.png", Replies.Png(200, 100));
        return $"/api/v1/images/north/{image.Uid}/{what}";
    }

    private async Task<Mat> DecodeAsync(string address)
    {
        using HttpResponseMessage reply = await _gateway.Api.GetAsync(address);
        Assert.True(reply.StatusCode == HttpStatusCode.OK, await reply.Content.ReadAsStringAsync());
        Assert.Equal("image/png", reply.Content.Headers.ContentType?.MediaType);
        return Cv2.ImDecode(await reply.Content.ReadAsByteArrayAsync(), ImreadModes.Unchanged);
    }
}
