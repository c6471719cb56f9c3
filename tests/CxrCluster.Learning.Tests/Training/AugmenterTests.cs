using CxrCluster.Learning.Inference;
using CxrCluster.Learning.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Tests.Training;

public sealed class AugmenterTests
{
    private static readonly AugmentationOptions StrongGeometry = AugmentationOptions.None with
    {
        FlipProbability = 0.5,
        Rotation = new(1, 30),
        Shift = new(1, 0.1),
        Scale = new(1, 0.3),
    };

    [Fact]
    public void Apply_NoAugmentation_ChangesNothing()
    {
        using var scope = NewDisposeScope();
        var batch = Discs(4);

        Assert.True(allclose(Apply(AugmentationOptions.None, batch, 1), batch, atol: 1e-5));
    }

    [Fact]
    public void Apply_CertainFlip_MirrorsColumns()
    {
        using var scope = NewDisposeScope();
        var batch = Discs(3);

        var flipped = Apply(AugmentationOptions.None with { FlipProbability = 1 }, batch, 1);

        Assert.True(allclose(flipped, batch.flip(3), atol: 1e-5));
    }

    [Fact]
    public void Apply_StrongGeometry_MovesImageAndMaskTogether()
    {
        using var scope = NewDisposeScope();
        var masks = Discs(16).narrow(1, 1, 1);

        var moved = Apply(StrongGeometry, cat([masks, masks], 1), 2);

        Assert.Equal(0, (moved.narrow(1, 0, 1) - moved.narrow(1, 1, 1)).abs().max().ToDouble());
        Assert.False(allclose(moved.narrow(1, 0, 1), masks, atol: 0.5), "nothing moved");
    }

    [Fact]
    public void Apply_EveryImage_MovesOnItsOwn()
    {
        using var scope = NewDisposeScope();
        var one = Discs(1);

        var moved = Apply(StrongGeometry, cat([one, one], 0), 3);

        Assert.False(allclose(moved[0], moved[1], atol: 1e-3));
    }

    [Fact]
    public void Apply_Exposure_ChangesTheImageChannelOnlyAndKeepsTheRange()
    {
        using var scope = NewDisposeScope();
        var batch = Discs(8);
        var options = AugmentationOptions.None with { Brightness = new(1, 0.5), Gamma = new(1, 1) };

        var exposed = Apply(options, batch, 4);

        Assert.True(allclose(exposed.narrow(1, 1, 1), batch.narrow(1, 1, 1), atol: 1e-5));
        Assert.False(allclose(exposed.narrow(1, 0, 1), batch.narrow(1, 0, 1), atol: 0.05));
        Assert.InRange(exposed.min().ToDouble(), 0, 1);
        Assert.InRange(exposed.max().ToDouble(), 0, 1);
    }

    [Fact]
    public void Apply_BrighteningAfterShrinking_LeavesTheOutsideBlack()
    {
        using var scope = NewDisposeScope();
        // Every picture shifts by up to half its side and brightens or darkens by up to 0.9.
        var options = AugmentationOptions.None with
        {
            Shift = new(1, 0.5),
            Brightness = new(1, 0.9),
        };
        var white = ones(16, 2, ToyData.Side, ToyData.Side) / 2;

        var moved = Apply(options, white, 5);

        var outside = moved.narrow(1, 1, 1).eq(0);
        Assert.True(outside.any().ToBoolean());
        Assert.Equal(0, moved.narrow(1, 0, 1).masked_select(outside).max().ToDouble());
    }

    [Fact]
    public void Apply_EqualSeeds_EqualBits()
    {
        using var scope = NewDisposeScope();
        var batch = Discs(4);
        var options = new AugmentationOptions();

        Assert.True(Apply(options, batch, 7).eq(Apply(options, batch, 7)).all().ToBoolean());
        Assert.False(Apply(options, batch, 7).eq(Apply(options, batch, 8)).all().ToBoolean());
    }

    [Fact]
    public void Validate_OutOfRange_NamesTheChange()
    {
        var options = new AugmentationOptions
        {
            FlipProbability = 2,
            Rotation = new(0.5, -1),
            Gamma = new(-1, 0.3),
        };

        Assert.Collection(
            options.Validate(),
            p => Assert.Contains("flip", p, StringComparison.Ordinal),
            p => Assert.Contains("rotation", p, StringComparison.Ordinal),
            p => Assert.Contains("gamma", p, StringComparison.Ordinal)
        );
        Assert.Empty(new AugmentationOptions().Validate());
        Assert.Empty(AugmentationOptions.None.Validate());
    }

    private static Tensor Discs(int count)
    {
        var discs = ToyData.Discs(count);
        return cat(
            [
                NetworkInput.FromSquares([.. discs.Select(d => d.Image)]),
                NetworkInput.FromSquares([.. discs.Select(d => d.Mask)]),
            ],
            1
        );
    }

    private static Tensor Apply(AugmentationOptions options, Tensor batch, ulong seed)
    {
        using var random = new Generator(seed);
        return new Augmenter(options).Apply(batch, random);
    }
}
