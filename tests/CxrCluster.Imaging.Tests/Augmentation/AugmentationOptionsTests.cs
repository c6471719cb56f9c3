using CxrCluster.Imaging.Augmentation;

namespace CxrCluster.Imaging.Tests.Augmentation;

public sealed class AugmentationOptionsTests
{
    [Fact]
    public void Validate_OutOfRange_NamesTheChange()
    {
        var options = new AugmentationOptions
        {
            FlipProbability = 2,
            ClaheProbability = double.NaN,
            Rotation = new(0.5, -1),
            Gamma = new(-1, 0.3),
        };

        Assert.Collection(
            options.Validate(),
            p => Assert.Contains("flip", p, StringComparison.Ordinal),
            p => Assert.Contains("CLAHE", p, StringComparison.Ordinal),
            p => Assert.Contains("gamma", p, StringComparison.Ordinal),
            p => Assert.Contains("rotation", p, StringComparison.Ordinal)
        );
        Assert.Empty(new AugmentationOptions().Validate());
        Assert.Empty(AugmentationOptions.None.Validate());
    }
}
