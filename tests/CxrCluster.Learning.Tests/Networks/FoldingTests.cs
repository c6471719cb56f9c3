using CxrCluster.Learning.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Tests.Networks;

public class FoldingTests
{
    [Theory]
    [InlineData("resnet34")]
    [InlineData("resnet50")]
    public void FoldNorms_Classifier_ChangesNoOutput(string architecture)
    {
        using DisposeScope scope = NewDisposeScope();
        using ClassifierNetwork network = TestNetworks.Classifier(architecture, seed: 4);
        using IDisposable noGrad = no_grad();
        Tensor input = TestNetworks.Uniform(2, 2, 3, 96, 96);
        (Tensor logits, Tensor embedding) = network.ForwardBoth(input);

        Folding.FoldNorms(network);
        ChannelsLast.Apply(network);
        (Tensor foldedLogits, Tensor foldedEmbedding) = network.ForwardBoth(ChannelsLast.Of(input));

        Assert.True(embedding.std().item<float>() > 0.01);
        Assert.True(TestNetworks.MaxDifference(logits, foldedLogits) < 1e-4);
        Assert.True(TestNetworks.MaxDifference(embedding, foldedEmbedding) < 1e-4);
    }

    [Fact]
    public void FoldNorms_UNet_ChangesNoOutput()
    {
        using DisposeScope scope = NewDisposeScope();
        using UNet network = TestNetworks.UNet(new UNetShape(5, 16), seed: 4);
        using IDisposable noGrad = no_grad();
        Tensor input = TestNetworks.Uniform(2, 2, 1, 96, 96);
        Tensor logits = network.call(input);

        Folding.FoldNorms(network);
        ChannelsLast.Apply(network);

        Assert.True(logits.std().item<float>() > 0.01);
        Assert.True(TestNetworks.MaxDifference(logits, network.call(input)) < 1e-4);
    }

    [Fact]
    public void FoldNorms_Twice_IsTheSameAsOnce()
    {
        using DisposeScope scope = NewDisposeScope();
        using UNet network = TestNetworks.UNet();
        using IDisposable noGrad = no_grad();
        Tensor input = TestNetworks.Uniform(2, 1, 1, 32, 32);
        Folding.FoldNorms(network);
        Tensor once = network.call(input);

        Folding.FoldNorms(network);

        Assert.Equal(0, TestNetworks.MaxDifference(once, network.call(input)));
    }

    [Fact]
    public void SetPrecision_BFloat16_LeavesWhatDecidesInFloat32()
    {
        using DisposeScope scope = NewDisposeScope();
        using UNet segmenter = TestNetworks.UNet();
        using ClassifierNetwork classifier = TestNetworks.Classifier();
        foreach (nn.Module network in new nn.Module[] { segmenter, classifier })
        {
            Folding.FoldNorms(network);
            Folding.SetPrecision(network, ScalarType.BFloat16);
        }

        Assert.Equal(ScalarType.BFloat16, segmenter.get_parameter("down0.conv1.weight")!.dtype);
        Assert.Equal(ScalarType.Float32, segmenter.get_parameter("output.weight")!.dtype);
        Assert.Equal(ScalarType.BFloat16, classifier.get_parameter("layer1.0.conv1.weight")!.dtype);
        Assert.Equal(ScalarType.Float32, classifier.get_parameter("head.0.weight")!.dtype);
    }

    [Fact]
    public void Apply_ChannelsLast_ChangesStridesAndNoValue()
    {
        using DisposeScope scope = NewDisposeScope();
        using UNet network = TestNetworks.UNet();
        Tensor before = network.get_parameter("down1.conv1.weight")!.clone();

        ChannelsLast.Apply(network);

        Tensor after = network.get_parameter("down1.conv1.weight")!;
        Assert.Equal(1, after.stride()[1]);
        Assert.True(after.requires_grad);
        Assert.Equal(0, TestNetworks.MaxDifference(before, after));
    }
}
