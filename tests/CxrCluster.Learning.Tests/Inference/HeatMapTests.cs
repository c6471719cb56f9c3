using CxrCluster.Imaging;
using CxrCluster.Learning.Bundles;
using CxrCluster.Learning.Inference;
using CxrCluster.Learning.Networks;
using CxrCluster.Learning.Tests.Bundles;
using CxrCluster.Learning.Tests.Data;
using CxrCluster.Learning.Tests.Networks;

namespace CxrCluster.Learning.Tests.Inference;

public class HeatMapTests(SmallModel model)
{
    private static readonly EngineOptions Float32 = new() { Precision = Precision.Float32 };
    private static readonly SquareImage[] Images = TestImages.Make(5, SmallModel.Side);

    [Fact]
    public void Infer_WithHeatMaps_FillsTheRangeAndChangesNothingElse()
    {
        using InferenceEngine engine = new(model.Bundle, Float32);

        var plain = engine.Infer(Images);
        var explained = engine.Infer(Images, wantHeatMaps: true);

        Assert.All(plain, answer => Assert.Null(answer.HeatMap));
        Assert.Equal(plain.Select(answer => answer.Probability), explained.Select(answer => answer.Probability));
        Assert.All(explained, answer => Assert.Equal(SmallModel.Side, answer.HeatMap!.Side));
        Assert.All(explained, answer => Assert.Contains(answer.HeatMap!.Pixels.Max(), (byte[])[0, 255]));
        Assert.Contains(explained, answer => answer.HeatMap!.Pixels.Max() == 255);
    }

    [Fact]
    public void Infer_SameImageInAnyBatch_GivesTheSameHeatMap()
    {
        using InferenceEngine engine = new(model.Bundle, Float32);
        engine.Warm(4);
        byte[][] alone = [.. Images.Select(image => engine.Infer([image], wantHeatMaps: true)[0].HeatMap!.Pixels)];

        for (int shift = 0; shift < Images.Length; shift++)
        {
            int[] order = [.. Enumerable.Range(shift, Images.Length).Select(i => i % Images.Length)];
            var together = engine.Infer([.. order.Select(i => Images[i])], wantHeatMaps: true);
            // float32 sums in another order may round to the neighbouring level
            Assert.All(
                together.Zip(order),
                pair => Assert.True(MaxDifference(alone[pair.Second], pair.First.HeatMap!.Pixels) <= 1)
            );
        }
    }

    [Fact]
    public void Infer_OtherWeights_GivesAnotherHeatMap()
    {
        // Adebayo et al., "Sanity Checks for Saliency Maps" (2018): a map that survives other weights explains no model
        using ScratchFolder folder = new();
        using ClassifierNetwork other = TestNetworks.Classifier("resnet34", seed: 77);
        using UNet segmenter = model.Bundle.LoadSegmenter();
        ModelBundle randomised = ModelBundle.Write(folder.At("other"), SmallModel.Draft, other, segmenter);
        using InferenceEngine trained = new(model.Bundle, Float32);
        using InferenceEngine random = new(randomised, Float32);

        var expected = trained.Infer(Images, wantHeatMaps: true);
        var actual = random.Infer(Images, wantHeatMaps: true);

        Assert.All(
            expected.Zip(actual),
            pair => Assert.True(MaxDifference(pair.First.HeatMap!.Pixels, pair.Second.HeatMap!.Pixels) > 64)
        );
    }

    private static int MaxDifference(byte[] a, byte[] b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Max();
}
