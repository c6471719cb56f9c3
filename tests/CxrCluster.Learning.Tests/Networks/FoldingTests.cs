using CxrCluster.Learning.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Tests.Networks;

public class FoldingTests
{
    public static TheoryData<string> Architectures => [.. ClassifierNetwork.Architectures];

    [Theory]
    [MemberData(nameof(Architectures))]
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
        Assert.True(TestNetworks.RelativeDifference(logits, foldedLogits) < 1e-4);
        Assert.True(TestNetworks.RelativeDifference(embedding, foldedEmbedding) < 1e-4);
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void DropZeroChannel_FoldedClassifier_ChangesNoOutput(string architecture)
    {
        using DisposeScope scope = NewDisposeScope();
        using ClassifierNetwork network = TestNetworks.Classifier(architecture, seed: 4);
        using IDisposable noGrad = no_grad();
        Tensor both = TestNetworks.Uniform(2, 2, 2, 64, 64);
        Folding.FoldNorms(network);
        Tensor logits = network.call(cat([both, zeros(2, 1, 64, 64)], 1));

        network.FirstLayer.DropZeroChannel();

        Assert.True(TestNetworks.RelativeDifference(logits, network.call(both)) < 1e-5);
        Assert.Throws<System.Runtime.InteropServices.ExternalException>(() =>
            network.call(cat([both, zeros(2, 1, 64, 64)], 1))
        );
    }

    [Fact]
    public void FoldNorms_ResNet_FoldsItsStemToo()
    {
        using ClassifierNetwork network = TestNetworks.Classifier("resnet34");

        Folding.FoldNorms(network);

        Assert.NotNull(network.get_parameter("conv1.bias"));
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

    [Theory]
    [InlineData("resnet34", "layer3", "layer4")]
    [InlineData("resnet50", "layer3", "layer4")]
    [InlineData("resnet152", "layer3", "layer4")]
    [InlineData("vgg16", "features.17", "features.19", "features.21", "features.24", "features.26", "features.28")]
    [InlineData("densenet121")]
    public void SetPrecision_TolerantParts_AreTheLateLayers(string architecture, params string[] late)
    {
        using ClassifierNetwork network = TestNetworks.Classifier(architecture);
        Folding.FoldNorms(network);

        foreach (nn.Module part in network.TolerantParts)
            Folding.SetPrecision(part, ScalarType.BFloat16);

        Assert.All(
            network.named_parameters().Where(item => item.parameter.dtype == ScalarType.BFloat16),
            item => Assert.Contains(late, prefix => item.name.StartsWith($"{prefix}.", StringComparison.Ordinal))
        );
        Assert.All(
            late,
            prefix =>
                Assert.Contains(
                    network.named_parameters(),
                    item =>
                        item.parameter.dtype == ScalarType.BFloat16
                        && item.name.StartsWith($"{prefix}.", StringComparison.Ordinal)
                )
        );
        using Tensor input = TestNetworks.Uniform(1, 1, 3, 64, 64);
        using Tensor logits = network.call(input);
        Assert.Equal(ScalarType.Float32, logits.dtype);
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
