using CxrCluster.Learning.Training;
using FsCheck;
using FsCheck.Fluent;

namespace CxrCluster.Learning.Tests.Training;

public sealed class BinaryMetricsTests
{
    [Fact]
    public void Compute_SixImages_AgreesWithHand()
    {
        var metrics = BinaryMetrics.Compute([(1, 0.9), (1, 0.5), (1, 0.3), (0, 0.6), (0, 0.3), (0, 0.1)], 0.5);

        // pairs won: 0.9 beats 3, 0.5 beats 2, 0.3 beats 1 and ties 1
        Assert.Equal(new BinaryMetrics(6, 3, 6.5 / 9, 4.0 / 6, 2.0 / 3, 2.0 / 3), metrics);
    }

    [Fact]
    public void Compute_OneClass_LeavesOutWhatNeedsBoth() =>
        Assert.Equal(new BinaryMetrics(1, 1, null, 1, 1, null), BinaryMetrics.Compute([(1, 0.7)], 0.5));

    [Fact]
    public void Compute_Nothing_MeasuresNothing() =>
        Assert.Equal(new BinaryMetrics(0, 0, null, null, null, null), BinaryMetrics.Compute([], 0.5));

    [Fact]
    public void Compute_RocAuc_IsTheShareOfPairsInTheRightOrder()
    {
        var cases = Gen.Choose(0, 8)
            .Select(level => level / 8.0)
            .Zip(Gen.Choose(0, 1), (p, label) => (Label: label, Probability: p))
            .ListOf()
            .Where(c => c.Any(x => x.Label == 1) && c.Any(x => x.Label == 0));

        Check.QuickThrowOnFailure(
            Prop.ForAll(
                cases.ToArbitrary(),
                c =>
                {
                    var wins =
                        from positive in c
                        where positive.Label == 1
                        from negative in c
                        where negative.Label == 0
                        select positive.Probability.CompareTo(negative.Probability) / 2.0 + 0.5;
                    Assert.Equal(wins.Average(), BinaryMetrics.Compute([.. c], 0.5).RocAuc!.Value, 12);
                }
            )
        );
    }
}
