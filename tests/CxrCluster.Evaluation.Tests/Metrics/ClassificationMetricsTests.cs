using CxrCluster.Evaluation.Metrics;

namespace CxrCluster.Evaluation.Tests.Metrics;

public sealed class ClassificationMetricsTests
{
    public static TheoryData<string> Fixtures => MetricsFixture.Names;

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Compute_Fixture_EqualsScikitLearn(string name)
    {
        MetricsFixture truth = MetricsFixture.Load(name);
        ClassificationMetrics metrics = ClassificationMetrics.Compute(truth.Predictions, truth.Threshold);

        Assert.Equal(new ConfusionMatrix(truth.Tp, truth.Fp, truth.Tn, truth.Fn), metrics.Confusion);
        Assert.Equal(truth.Labels.Length, metrics.N);
        Assert.Equal(truth.Labels.Sum(), metrics.Positives);
        AssertClose(truth.Accuracy, metrics.Accuracy);
        AssertClose(truth.Sensitivity, metrics.Sensitivity);
        AssertClose(truth.Specificity, metrics.Specificity);
        AssertClose(truth.Precision, metrics.Precision);
        AssertClose(truth.F1, metrics.F1);
        AssertClose(truth.RocAuc, metrics.RocAuc);
        AssertClose(truth.PrAuc, metrics.PrAuc);
        AssertClose(truth.Brier, metrics.Brier);
    }

    [Fact]
    public void Compute_NoPredictions_LeavesEveryRatioNull()
    {
        ClassificationMetrics metrics = ClassificationMetrics.Compute([]);

        Assert.Equal(
            new ClassificationMetrics(0, 0, 0.5, null, null, null, null, null, null, null, null, new(0, 0, 0, 0)),
            metrics
        );
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    public void Compute_ThresholdOutsideRange_IsRefused(double threshold) =>
        Assert.Throws<ArgumentException>(() => ClassificationMetrics.Compute([], threshold));

    private static void AssertClose(double? expected, double? actual)
    {
        Assert.Equal(expected.HasValue, actual.HasValue);
        if (expected is { } value)
            Assert.Equal(value, actual!.Value, 1e-9);
    }
}
