using CxrCluster.Evaluation.Bootstrapping;
using CxrCluster.Evaluation.Metrics;
using FsCheck;
using FsCheck.Fluent;

namespace CxrCluster.Evaluation.Tests.Bootstrapping;

public sealed class ResampledMetricsTests
{
    [Fact]
    public void Compute_FixtureResamples_EqualScikitLearn()
    {
        BootstrapFixture truth = BootstrapFixture.Load();
        var metrics = new ResampledMetrics(Samples.Of([.. truth.Labels.Zip(truth.Scores)]), truth.Threshold);
        foreach (BootstrapFixture.Resample resample in truth.Resamples)
        {
            MetricValues values = metrics.Compute(resample.Draws);
            foreach (MetricKind kind in MetricValues.Kinds)
                Assert.Equal(resample.Values[(int)kind], values[kind]!.Value, 1e-9);
        }
    }

    [Fact]
    public void Compute_AnyDraws_EqualsTheMetricsOfTheDrawnList() =>
        Check.QuickThrowOnFailure(
            Prop.ForAll(
                Samples.Any,
                ArbMap.Default.ArbFor<int>(),
                (predictions, seed) =>
                {
                    var random = new Random(seed);
                    int[] draws = [.. predictions.Select(_ => random.Next(3))];
                    Prediction[] drawn =
                    [
                        .. predictions.SelectMany((prediction, i) => Enumerable.Repeat(prediction, draws[i])),
                    ];
                    MetricValues expected = ClassificationMetrics.Compute(drawn, 0.4).Values;
                    MetricValues actual = new ResampledMetrics(predictions, 0.4).Compute(draws);
                    foreach (MetricKind kind in MetricValues.Kinds)
                    {
                        Assert.Equal(expected[kind].HasValue, actual[kind].HasValue);
                        Assert.Equal(expected[kind] ?? 0, actual[kind] ?? 0, 1e-12);
                    }
                }
            )
        );
}
