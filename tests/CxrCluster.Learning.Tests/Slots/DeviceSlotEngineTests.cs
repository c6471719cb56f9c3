using CxrCluster.Imaging;
using CxrCluster.Learning.Bundles;
using CxrCluster.Learning.Slots;
using CxrCluster.Learning.Tests.Bundles;
using CxrCluster.Learning.Tests.Inference;

namespace CxrCluster.Learning.Tests.Slots;

/// <summary>A slot over the real engine.</summary>
public class DeviceSlotEngineTests(SmallModel small) : IBundleSource
{
    public Task<ModelBundle> GetAsync(string model, CancellationToken cancellationToken) =>
        Task.FromResult(small.Bundle);

    [Fact]
    public async Task Infer_SameImageOnTwoSlotsInAnyBatch_GivesTheSameProbability()
    {
        SquareImage[] images = TestImages.Make(12, SmallModel.Side);
        SlotOptions options = new() { Precision = Precision.Float32, Threads = 1 };
        await using DeviceSlot one = new(options with { MaxBatch = 1 }, this);
        await using DeviceSlot two = new(options with { MaxBatch = 5, Threads = 2 }, this);

        var alone = await Task.WhenAll(images.Select(image => Infer(one, image)));
        var batched = await Task.WhenAll(images.Reverse().Select(image => Infer(two, image)));

        Assert.All(alone.Zip(batched.Reverse()), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        Assert.Equal(12, one.Snapshot().Batches);
        Assert.True(two.Snapshot().Batches < 12);
    }

    private static async Task<double> Infer(DeviceSlot slot, SquareImage image) =>
        (await slot.InferAsync(new SlotRequest("small", image), TestContext.Current.CancellationToken)).Probability;
}
