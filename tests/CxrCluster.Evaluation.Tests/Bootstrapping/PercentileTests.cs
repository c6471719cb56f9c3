using CxrCluster.Evaluation.Bootstrapping;

namespace CxrCluster.Evaluation.Tests.Bootstrapping;

public sealed class PercentileTests
{
    [Fact]
    public void Of_Fixture_EqualsNumpy()
    {
        BootstrapFixture truth = BootstrapFixture.Load();
        foreach ((double fraction, double expected) in truth.Fractions.Zip(truth.Percentiles))
            Assert.Equal(expected, Percentile.Of(truth.Values, fraction), 1e-12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(1)]
    public void Of_OneNumber_IsThatNumber(double fraction) => Assert.Equal(7, Percentile.Of([7], fraction));

    [Fact]
    public void Of_NoNumberOrFractionOutOfRange_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => Percentile.Of([], 0.5));
        Assert.Throws<ArgumentException>(() => Percentile.Of([1], double.NaN));
        Assert.Throws<ArgumentException>(() => Percentile.Of([1], 1.01));
    }
}
