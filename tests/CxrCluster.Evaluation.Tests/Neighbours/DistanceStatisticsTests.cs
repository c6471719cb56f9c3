using CxrCluster.Evaluation.Neighbours;

namespace CxrCluster.Evaluation.Tests.Neighbours;

public sealed class DistanceStatisticsTests
{
    [Fact]
    public void Compute_Fixture_EqualsScipy()
    {
        NeighboursFixture truth = NeighboursFixture.Load();
        var distances = DistanceStatistics.Compute(truth.Images);

        AssertClose(truth.All, distances.All);
        AssertClose(truth.Positive, distances.Positive);
        AssertClose(truth.Negative, distances.Negative);
        AssertClose(truth.Across, distances.Across);
    }

    [Fact]
    public void Compute_OneOfEachClass_HasOnlyThePairAcross()
    {
        var distances = DistanceStatistics.Compute([Image(0, 1), Image(1, 4)]);

        Assert.Equal(new DistanceSpread(3, 0), distances.All);
        Assert.Equal(new DistanceSpread(3, 0), distances.Across);
        Assert.Equal(new DistanceSpread(null, null), distances.Positive);
        Assert.Equal(new DistanceSpread(null, null), distances.Negative);
    }

    private static void AssertClose(DistanceSpread expected, DistanceSpread actual)
    {
        Assert.Equal(expected.Mean!.Value, actual.Mean!.Value, 1e-9);
        Assert.Equal(expected.Sd!.Value, actual.Sd!.Value, 1e-9);
    }

    private static EmbeddedPrediction Image(int label, float position) =>
        new(new Prediction("x.png", "north", $"{position}", label, 0.5), [position]);
}
