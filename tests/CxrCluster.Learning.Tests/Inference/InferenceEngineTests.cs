using CxrCluster.Imaging;
using CxrCluster.Learning.Inference;
using CxrCluster.Learning.Networks;
using CxrCluster.Learning.Tests.Bundles;
using CxrCluster.Learning.Tests.Networks;
using Microsoft.Extensions.Time.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Tests.Inference;

public class InferenceEngineTests(SmallModel model)
{
    private static readonly EngineOptions Float32 = new() { Precision = Precision.Float32 };
    private static readonly SquareImage[] Images = TestImages.Make(7, SmallModel.Side);

    [Fact]
    public void Infer_Float32_EqualsTheUnfoldedNetworks()
    {
        using DisposeScope scope = NewDisposeScope();
        using InferenceEngine engine = new(model.Bundle, Float32);
        using UNet segmenter = model.Bundle.LoadSegmenter();
        using ClassifierNetwork classifier = model.Bundle.LoadClassifier();
        using IDisposable noGrad = no_grad();
        Tensor pixels = NetworkInput.FromSquares(Images);
        Tensor lungs = NetworkInput.LungProbability(segmenter, pixels, model.Bundle.Manifest.SegmenterSide);
        (Tensor logits, Tensor embedding) = classifier.ForwardBoth(NetworkInput.Stack(pixels, lungs));
        float[] probabilities = logits.softmax(1)[TensorIndex.Colon, 1].data<float>().ToArray();

        IReadOnlyList<Learning.Inference.Inference> answers = engine.Infer(Images, wantLungMaps: true);

        Assert.True(probabilities.Max() - probabilities.Min() > 0.01, $"alike: {string.Join(", ", probabilities)}");
        for (int i = 0; i < Images.Length; i++)
        {
            Assert.Equal(probabilities[i], answers[i].Probability, 1e-4);
            Assert.True(TestNetworks.MaxDifference(embedding[i], tensor(answers[i].Embedding)) < 1e-4);
            Assert.Equal(lungs[i].ge(0.5).to(float64).mean().item<double>(), answers[i].LungFraction, 0.005);
            Tensor map = NetworkInput.FromSquares([answers[i].LungMap!])[0];
            Assert.True(TestNetworks.MaxDifference(lungs[i], map) <= 0.5 / 255 + 1e-4);
        }
    }

    [Fact]
    public void Infer_AnyBatchSizeAndPosition_GivesTheSameProbability()
    {
        using InferenceEngine one = new(model.Bundle, Float32);
        using InferenceEngine many = new(model.Bundle, Float32, new FakeTimeProvider());
        many.Warm(8);
        Assert.Equal(1, one.ChunkSize);
        Assert.Equal(8, many.ChunkSize);
        double[] alone = [.. Images.Select(image => one.Infer([image], false)[0].Probability)];

        for (int shift = 0; shift < Images.Length; shift++)
        for (int size = 1; size <= Images.Length; size++)
        {
            int[] order = [.. Enumerable.Range(shift, size).Select(i => i % Images.Length)];
            var answers = many.Infer([.. order.Select(i => Images[i])], false);
            Assert.Equal(size, answers.Count);
            Assert.All(answers.Zip(order), pair => Assert.Equal(alone[pair.Second], pair.First.Probability, 1e-5));
        }
    }

    [Fact]
    public void Infer_BFloat16_StaysCloseToFloat32()
    {
        Assert.SkipUnless(PrecisionChoice.CpuHasBFloat16, "this CPU has no avx512_bf16: bfloat16 is not used on it");
        using InferenceEngine exact = new(model.Bundle, Float32);
        using InferenceEngine brief = new(model.Bundle, new EngineOptions { Precision = Precision.BFloat16 });

        var expected = exact.Infer(Images, wantLungMaps: false);
        var actual = brief.Infer(Images, wantLungMaps: false);

        Assert.Equal(Precision.BFloat16, brief.Precision);
        foreach ((var a, var b) in expected.Zip(actual))
        {
            Assert.Equal(a.Probability, b.Probability, 0.05);
            Assert.NotEqual(a.Probability, b.Probability);
            double dot = a.Embedding.Zip(b.Embedding, (x, y) => (double)x * y).Sum();
            double norms = Math.Sqrt(a.Embedding.Sum(x => (double)x * x) * b.Embedding.Sum(x => (double)x * x));
            Assert.True(dot / norms > 0.999, $"cosine {dot / norms}");
        }
    }

    [Fact]
    public void Infer_WithoutLungMaps_GivesNone()
    {
        using InferenceEngine engine = new(model.Bundle, Float32);

        var answers = engine.Infer(Images, wantLungMaps: false);

        Assert.All(answers, answer => Assert.Null(answer.LungMap));
        Assert.All(answers, answer => Assert.InRange(answer.Probability, 0, 1));
        Assert.All(answers, answer => Assert.InRange(answer.LungFraction, 0, 1));
    }

    [Fact]
    public void Infer_ImageOfAnotherSide_SaysWhichIsNeeded()
    {
        using InferenceEngine engine = new(model.Bundle, Float32);

        var error = Assert.Throws<ArgumentException>(() => engine.Infer(TestImages.Make(1, 32), false));

        Assert.Contains("side 64, not 32", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Infer_EmptyBatch_GivesNothing()
    {
        using InferenceEngine engine = new(model.Bundle, Float32);

        Assert.Empty(engine.Infer([], wantLungMaps: true));
    }

    [Theory]
    [InlineData("gpu", "unknown")]
    [InlineData("cuda", "unknown")]
    [InlineData("cuda:-1", "unknown")]
    [InlineData("cuda:99", "not on this machine")]
    public void Constructor_DeviceThatIsNotThere_SaysWhatToUse(string device, string clause)
    {
        var error = Assert.Throws<ArgumentException>(() =>
            new InferenceEngine(model.Bundle, new EngineOptions { Device = device })
        );

        Assert.Contains(clause, error.Message, StringComparison.Ordinal);
    }
}
