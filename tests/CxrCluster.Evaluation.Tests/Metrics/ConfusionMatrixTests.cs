using CxrCluster.Evaluation.Metrics;

namespace CxrCluster.Evaluation.Tests.Metrics;

public sealed class ConfusionMatrixTests
{
    // Table 2 of Goldstein et al. 2020, ResNet50: 156 of 179 positives, 158 of 171 negatives.
    private static readonly ConfusionMatrix Paper = new(Tp: 156, Fp: 13, Tn: 158, Fn: 23);

    [Fact]
    public void Ratios_PaperCounts_GiveThePapersTable()
    {
        // The paper cuts 87.15 to 87.1.
        Assert.Equal(89.7, 100 * Paper.Accuracy!.Value, 0.05);
        Assert.Equal(87.1, 100 * Paper.Sensitivity!.Value, 0.06);
        Assert.Equal(92.4, 100 * Paper.Specificity!.Value, 0.05);
    }

    [Fact]
    public void Ratios_NoPredictions_AreNull()
    {
        var empty = new ConfusionMatrix(0, 0, 0, 0);

        Assert.Equal(
            [null, null, null, null, null],
            new[] { empty.Accuracy, empty.Sensitivity, empty.Specificity, empty.Precision, empty.F1 }
        );
    }

    [Fact]
    public void Of_OnePredictionOfEachKind_CountsEach() =>
        Assert.Equal(
            new ConfusionMatrix(1, 1, 1, 1),
            ConfusionMatrix.Of(Samples.Of((1, 0.9), (0, 0.5), (0, 0.1), (1, 0.49)), 0.5)
        );
}
