using CxrCluster.Evaluation.Metrics;

namespace CxrCluster.Evaluation.Tests.Metrics;

public sealed class DegenerateTests
{
    [Fact]
    public void Calibration_NoImages_IsUndefined()
    {
        CalibrationCurve curve = CalibrationCurve.Compute([]);

        Assert.Empty(curve.Bins);
        Assert.Null(curve.ExpectedError);
    }

    [Fact]
    public void Calibration_EdgesAndTies_FallIntoTheLowerBin()
    {
        CalibrationCurve curve = CalibrationCurve.Compute(Samples.Of((0, 0), (1, 0.5), (1, 0.5), (1, 1)), bins: 2);

        Assert.Equal([3, 1], curve.Bins.Select(bin => bin.Images));
        Assert.Equal(1 / 3.0 * 0.75 + 0, curve.ExpectedError!.Value, 1e-12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void OperatingPoints_OneClass_AreNone(int label) =>
        Assert.Empty(OperatingPoint.Compute(Samples.Of((label, 0.3), (label, 0.6))));

    [Fact]
    public void OperatingPoints_AllScoresEqual_CallEitherNothingOrEverythingPositive()
    {
        IReadOnlyList<OperatingPoint> points = OperatingPoint.Compute(Samples.Of((0, 0.5), (1, 0.5)));

        Assert.Equal(new OperatingPoint("Youden", null, 0, 1), points[0]);
        Assert.Equal(new OperatingPoint("sensitivity at least 0.95", 0.5, 1, 0), points[^1]);
    }

    [Fact]
    public void OperatingPoints_Separated_AreOnePoint() =>
        Assert.All(
            OperatingPoint.Compute(Samples.Of((0, 0.1), (0, 0.4), (1, 0.7), (1, 0.9))),
            point => Assert.Equal((0.7, 1.0, 1.0), (point.Threshold, point.Sensitivity, point.Specificity))
        );

    [Fact]
    public void Proportion_OfNothing_IsUndefined()
    {
        var share = new Proportion(0, 0);

        Assert.Null(share.Value);
        Assert.Null(share.Lower);
        Assert.Null(share.Upper);
    }

    [Fact]
    public void Proportion_Extremes_StayWithinZeroAndOne()
    {
        Assert.Equal(0, new Proportion(0, 3).Lower!.Value, 1e-15);
        Assert.Equal(1, new Proportion(3, 3).Upper!.Value, 1e-15);
        Assert.True(new Proportion(0, 3).Upper > 0.5);
    }

    [Fact]
    public void Groups_OneImageEach_HaveNoArea()
    {
        IReadOnlyList<GroupSummary> groups = GroupSummary.Compute(
            Samples.Of((1, 0.9), (0, 0.6)),
            p => p.Image,
            threshold: 0.5
        );

        Assert.Equal(["0.png", "1.png"], groups.Select(g => g.Group));
        Assert.All(groups, g => Assert.Null(g.RocAuc));
        Assert.Equal([1.0, 0.0], groups.Select(g => g.Accuracy.Value!.Value));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Prediction_NotAProbability_IsRefused(double probability) =>
        Assert.Throws<ArgumentException>(() => new Prediction("a.png", "north", "p", 1, probability));
}
