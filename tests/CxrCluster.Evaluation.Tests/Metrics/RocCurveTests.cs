using CxrCluster.Evaluation.Metrics;
using FsCheck;
using FsCheck.Fluent;

namespace CxrCluster.Evaluation.Tests.Metrics;

public sealed class RocCurveTests
{
    public static TheoryData<string> Fixtures => MetricsFixture.Names;

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Compute_Fixture_HasScikitLearnsPoints(string name)
    {
        MetricsFixture truth = MetricsFixture.Load(name);
        RocCurve? curve = RocCurve.Compute(truth.Predictions);

        Assert.Equal(truth.Fpr, curve?.Points.Select(point => point.FalsePositiveRate), Close);
        Assert.Equal(truth.Tpr, curve?.Points.Select(point => point.TruePositiveRate), Close);
    }

    [Fact]
    public void Auc_AnyPredictions_IsTheShareOfPairsInTheRightOrder() =>
        Prop.ForAll(
                Samples.Any,
                predictions =>
                {
                    var pairs = (
                        from positive in predictions
                        where positive.Label == 1
                        from negative in predictions
                        where negative.Label == 0
                        select (Math.Sign(positive.Probability - negative.Probability) + 1) / 2.0
                    ).ToArray();
                    RocCurve? curve = RocCurve.Compute(predictions);
                    return pairs.Length == 0 ? curve is null : Math.Abs(curve!.Auc - pairs.Average()) < 1e-12;
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Points_AnyPredictions_RunFromZeroToOneWithoutFalling() =>
        Prop.ForAll(
                Samples.Any,
                predictions =>
                    RocCurve.Compute(predictions) is not { } curve
                    || (
                        curve.Points[0] == new RocPoint(null, 0, 0)
                        && curve.Points[^1] is { FalsePositiveRate: 1, TruePositiveRate: 1 }
                        && curve
                            .Points.Zip(curve.Points.Skip(1))
                            .All(step =>
                                step.First.FalsePositiveRate <= step.Second.FalsePositiveRate
                                && step.First.TruePositiveRate <= step.Second.TruePositiveRate
                                && !(step.First.Threshold <= step.Second.Threshold)
                            )
                    )
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Points_AnyPredictions_AgreeWithTheConfusionMatrixAtTheirThreshold() =>
        Prop.ForAll(
                Samples.Any,
                predictions =>
                    RocCurve.Compute(predictions) is not { } curve
                    || curve
                        .Points.Skip(1)
                        .All(point =>
                        {
                            ConfusionMatrix matrix = ConfusionMatrix.Of(predictions, point.Threshold!.Value);
                            return matrix.Sensitivity == point.TruePositiveRate
                                && Math.Abs(1 - matrix.Specificity!.Value - point.FalsePositiveRate) < 1e-12;
                        })
            )
            .QuickCheckThrowOnFailure();

    private static bool Close(double x, double y) => Math.Abs(x - y) < 1e-9;
}
