using CxrCluster.Evaluation.Neighbours;

namespace CxrCluster.Evaluation.Tests.Neighbours;

public sealed class DistanceStatisticsTests
{
    [Fact]
    public void Within_Fixture_EqualsScipy()
    {
        NeighboursFixture truth = NeighboursFixture.Load();
        var distances = DistanceStatistics.Within(truth.Images, TestContext.Current.CancellationToken);

        AssertClose(truth.All, distances.All);
        AssertClose(truth.Positive, distances.Positive);
        AssertClose(truth.Negative, distances.Negative);
        AssertClose(truth.Across, distances.Across);
    }

    [Fact]
    public void Within_OneOfEachClass_HasOnlyThePairAcross()
    {
        var distances = DistanceStatistics.Within([Image(0, 1), Image(1, 4)], TestContext.Current.CancellationToken);

        Assert.Equal(new DistanceSpread(3, 0), distances.All);
        Assert.Equal(new DistanceSpread(3, 0), distances.Across);
        Assert.Equal(new DistanceSpread(null, null), distances.Positive);
        Assert.Equal(new DistanceSpread(null, null), distances.Negative);
    }

    [Fact]
    public void Between_TwoSets_TakesEveryPairOfOneAndTheOther()
    {
        var distances = DistanceStatistics.Between(
            [Image(0, 1), Image(1, 4)],
            [Image(0, 2), Image(1, 8)],
            TestContext.Current.CancellationToken
        );

        Assert.Equal(new DistanceSpread(3.5, Math.Sqrt(5.25)), distances.All); // 1, 7, 2, 4
        Assert.Equal(new DistanceSpread(1, 0), distances.Negative);
        Assert.Equal(new DistanceSpread(4, 0), distances.Positive);
        Assert.Equal(new DistanceSpread(4.5, 2.5), distances.Across);
    }

    [Fact]
    public void Within_AllEqual_IsZeroSpread()
    {
        var distances = DistanceStatistics.Within(
            [Image(1, 3), Image(1, 3), Image(0, 3)],
            TestContext.Current.CancellationToken
        );

        Assert.Equal(new DistanceSpread(0, 0), distances.All);
    }

    [Fact]
    public void Within_Cancelled_Stops() =>
        Assert.Throws<OperationCanceledException>(() =>
            DistanceStatistics.Within([Image(1, 3)], new CancellationToken(canceled: true))
        );

    private static void AssertClose(DistanceSpread expected, DistanceSpread actual)
    {
        Assert.Equal(expected.Mean!.Value, actual.Mean!.Value, 1e-9);
        Assert.Equal(expected.Sd!.Value, actual.Sd!.Value, 1e-9);
    }

    private static EmbeddedPrediction Image(int label, float position) =>
        new(new Prediction("x.png", "north", $"{position}", label, 0.5), [position]);
}
