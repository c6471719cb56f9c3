using CxrCluster.Evaluation.Metrics;
using FsCheck;
using FsCheck.Fluent;

namespace CxrCluster.Evaluation.Tests.Metrics;

public sealed class PrecisionRecallCurveTests
{
    public static TheoryData<string> Fixtures => MetricsFixture.Names;

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Compute_Fixture_HasScikitLearnsPoints(string name)
    {
        MetricsFixture truth = MetricsFixture.Load(name);
        PrecisionRecallCurve? curve = PrecisionRecallCurve.Compute(truth.Predictions);

        Assert.Equal(truth.RecallAscending, curve?.Points.Select(point => point.Recall), Close);
        Assert.Equal(truth.PrecisionAscending, curve?.Points.Select(point => point.Precision), Close);
    }

    [Fact]
    public void AveragePrecision_WithoutTies_IsTheMeanPrecisionAtEachPositive() =>
        Prop.ForAll(
                Samples.Any,
                predictions =>
                {
                    Prediction[] ranked =
                    [
                        .. predictions.DistinctBy(p => p.Probability).OrderByDescending(p => p.Probability),
                    ];
                    double[] precisions =
                    [
                        .. ranked
                            .Select((p, i) => (p.Label, Precision: ranked.Take(i + 1).Average(q => q.Label)))
                            .Where(rank => rank.Label == 1)
                            .Select(rank => rank.Precision),
                    ];
                    PrecisionRecallCurve? curve = PrecisionRecallCurve.Compute(ranked);
                    return precisions.Length == 0
                        ? curve is null
                        : Math.Abs(curve!.AveragePrecision - precisions.Average()) < 1e-12;
                }
            )
            .QuickCheckThrowOnFailure();

    private static bool Close(double x, double y) => Math.Abs(x - y) < 1e-9;
}
