using CxrCluster.Learning.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Tests.Networks;

public class UNetTests
{
    [Theory]
    [InlineData(2, 4, 32, 32)]
    [InlineData(3, 8, 36, 52)]
    [InlineData(5, 4, 64, 32)]
    [InlineData(7, 4, 64, 128)]
    public void Forward_DivisibleSides_GivesLogitsOfTheInputsShape(int depth, int width, int rows, int columns)
    {
        using DisposeScope scope = NewDisposeScope();
        using UNet network = TestNetworks.UNet(new UNetShape(depth, width));
        using IDisposable noGrad = no_grad();

        Tensor logits = network.call(TestNetworks.Uniform(1, 2, 1, rows, columns));

        Assert.Equal([2L, 1, rows, columns], logits.shape);
        Assert.Equal(ScalarType.Float32, logits.dtype);
        Assert.True(logits.isfinite().all().item<bool>());
        Assert.True(logits.std().item<float>() > 0);
    }

    [Theory]
    [InlineData(1, 30, 32)]
    [InlineData(1, 32, 30)]
    [InlineData(3, 32, 32)]
    public void Forward_ShapeThatDoesNotFit_SaysWhatDoes(int channels, int rows, int columns)
    {
        using UNet network = TestNetworks.UNet(new UNetShape(3, 4));
        using Tensor input = zeros(1, channels, rows, columns);

        var error = Assert.Throws<ArgumentException>(() => network.call(input));

        Assert.Contains($"[1, {channels}, {rows}, {columns}]", error.Message, StringComparison.Ordinal);
        Assert.Contains("divisible by 4", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 32)]
    [InlineData(8, 32)]
    [InlineData(5, 3)]
    [InlineData(5, 257)]
    public void Constructor_ShapeOutOfRange_Throws(int depth, int width) =>
        Assert.Throws<ArgumentException>(() => new UNet(new UNetShape(depth, width)));

    [Theory]
    [InlineData(128, true)]
    [InlineData(100, false)]
    [InlineData(16, false)]
    [InlineData(8192, false)]
    public void ValidateFor_Side_AcceptsWhatTheNetworkCanRun(int side, bool valid) =>
        Assert.Equal(valid, !new UNetShape(5, 32).ValidateFor(side).Any());

    [Fact]
    public void Forward_DistantPixel_ReachesAcrossTheImage()
    {
        using DisposeScope scope = NewDisposeScope();
        using UNet network = TestNetworks.UNet(new UNetShape(5, 4));
        using IDisposable noGrad = no_grad();
        Tensor image = TestNetworks.Uniform(2, 1, 1, 64, 64);
        Tensor changed = image.clone();
        changed[0, 0, 0, 0] = 5;

        Tensor difference = (network.call(image) - network.call(changed)).abs();

        Assert.True(difference[0, 0, 40, 40].item<float>() > 0);
    }

    [Fact]
    public void StateDict_AfterUse_HoldsEveryPartOnce()
    {
        using UNet network = TestNetworks.UNet(new UNetShape(3, 8));

        string[] parts = [.. network.state_dict().Keys.Select(name => name.Split('.')[0]).Distinct()];

        Assert.Equal(["down0", "down1", "down2", "output", "reduce0", "reduce1", "up0", "up1"], parts.Order());
    }
}
