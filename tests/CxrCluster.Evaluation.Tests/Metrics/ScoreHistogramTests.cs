using CxrCluster.Evaluation.Metrics;
using FsCheck;
using FsCheck.Fluent;

namespace CxrCluster.Evaluation.Tests.Metrics;

public sealed class ScoreHistogramTests
{
    [Fact]
    public void Compute_AtTheEdges_CountsLowerEdgeInAndOneInTheLastBin()
    {
        var histogram = ScoreHistogram.Compute(Samples.Of((0, 0), (0, 0.25), (1, 0.5), (1, 1)), bins: 4);

        Assert.Equal([1, 1, 0, 0], histogram.Negatives);
        Assert.Equal([0, 0, 1, 1], histogram.Positives);
    }

    [Fact]
    public void Compute_AnyPredictions_CountsEachOnce() =>
        Prop.ForAll(
                Samples.Any,
                predictions =>
                {
                    var histogram = ScoreHistogram.Compute(predictions);
                    return histogram.Positives.Sum() == predictions.Sum(p => p.Label)
                        && histogram.Negatives.Sum() + histogram.Positives.Sum() == predictions.Length;
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Compute_NoBins_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ScoreHistogram.Compute([], bins: 0));
}
