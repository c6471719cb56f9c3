using CxrCluster.Imaging;
using CxrCluster.Learning.Inference;
using CxrCluster.Learning.Networks;
using CxrCluster.Learning.Tests.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Tests.Inference;

public sealed class NetworkInputTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void FromSquares_TwoImages_KeepsOrderAndScale()
    {
        Tensor batch = NetworkInput.FromSquares([
            new SquareImage(2, [0, 51, 102, 255]),
            new SquareImage(2, [1, 0, 0, 0]),
        ]);

        Assert.Equal([2L, 1, 2, 2], batch.shape);
        Assert.Equal([0f, 0.2f, 0.4f, 1f, 1f / 255, 0, 0, 0], batch.data<float>().ToArray());
    }

    [Fact]
    public void FromSquares_MixedSides_Throws() =>
        Assert.Throws<ArgumentException>(() =>
            NetworkInput.FromSquares([new SquareImage(1, [0]), new SquareImage(2, [0, 0, 0, 0])])
        );

    [Theory]
    [InlineData(32)]
    [InlineData(64)]
    [InlineData(128)]
    public void LungProbability_SegmenterOfAnySide_GivesAMapOfTheImagesSide(int segmenterSide)
    {
        using UNet segmenter = TestNetworks.UNet();
        using IDisposable noGrad = no_grad();
        Tensor images = NetworkInput.FromSquares(TestImages.Make(2, 64));

        Tensor lungs = NetworkInput.LungProbability(segmenter, images, segmenterSide);

        Assert.Equal(images.shape, lungs.shape);
        Assert.True(lungs.min().item<float>() >= 0 && lungs.max().item<float>() <= 1);
    }

    [Fact]
    public void LungProbability_SameSide_IsTheSigmoidOfTheLogits()
    {
        using UNet segmenter = TestNetworks.UNet();
        using IDisposable noGrad = no_grad();
        Tensor images = NetworkInput.FromSquares(TestImages.Make(2, 64));

        Tensor lungs = NetworkInput.LungProbability(segmenter, images, 64);

        Assert.Equal(0, TestNetworks.MaxDifference(segmenter.call(images).sigmoid(), lungs));
    }

    [Fact]
    public void Stack_ImageAndLungs_AreFollowedByZeros()
    {
        Tensor images = ones(2, 1, 4, 4) * 0.25;
        Tensor lungs = ones(2, 1, 4, 4) * 0.5;

        Tensor input = NetworkInput.Stack(images, lungs);

        Assert.Equal([2L, 3, 4, 4], input.shape);
        Assert.Equal([0.25f, 0.5f, 0f], input.mean([0, 2, 3]).data<float>().ToArray());
    }
}
