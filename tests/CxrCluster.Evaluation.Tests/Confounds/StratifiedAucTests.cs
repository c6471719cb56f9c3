using CxrCluster.Evaluation.Confounds;
using CxrCluster.Evaluation.Metrics;
using FsCheck;
using FsCheck.Fluent;

namespace CxrCluster.Evaluation.Tests.Confounds;

public sealed class StratifiedAucTests
{
    [Fact]
    public void Compute_AnyStrata_CountsPairsWithinThem() =>
        Check.QuickThrowOnFailure(
            Prop.ForAll(
                Samples.Any,
                ArbMap.Default.ArbFor<int>(),
                (predictions, seed) =>
                {
                    var random = new Random(seed);
                    int[] strata = [.. predictions.Select(_ => random.Next(3))];
                    int[] draws = [.. predictions.Select(_ => random.Next(3))];
                    double concordant = 0,
                        pairs = 0;
                    for (int i = 0; i < predictions.Length; i++)
                    for (int j = 0; j < predictions.Length; j++)
                    {
                        if (predictions[i].Label == 0 || predictions[j].Label == 1 || strata[i] != strata[j])
                            continue;
                        int weight = draws[i] * draws[j];
                        pairs += weight;
                        int order = predictions[i].Probability.CompareTo(predictions[j].Probability);
                        concordant += weight * (order + 1) / 2.0;
                    }
                    double? auc = Of(predictions, strata).Compute(draws);
                    Assert.Equal(pairs > 0, auc.HasValue);
                    if (auc is { } value)
                        Assert.Equal(concordant / pairs, value, 1e-12);
                }
            )
        );

    [Fact]
    public void Compute_OneStratum_IsTheRocArea()
    {
        Prediction[] predictions = Samples.Cohort(60);
        double? auc = Of(predictions, new int[60]).Compute([.. Enumerable.Repeat(1, 60)]);

        Assert.Equal(RocCurve.Compute(predictions)!.Auc, auc!.Value, 1e-12);
    }

    private static StratifiedAuc Of(Prediction[] predictions, int[] strata) =>
        new([.. predictions.Select(p => p.Label == 1)], strata, [.. predictions.Select(p => p.Probability)]);
}
