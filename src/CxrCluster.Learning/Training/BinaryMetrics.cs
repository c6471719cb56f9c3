namespace CxrCluster.Learning.Training;

/// <summary>
/// How well probabilities of the positive class agree with labels; what a training says about its held-out patients.
/// Measures without a case to count (no positives, say) are null.
/// </summary>
/// <param name="Images">Images scored.</param>
/// <param name="Positives">Images with label 1.</param>
/// <param name="RocAuc">Area under the ROC curve.</param>
/// <param name="Accuracy">Fraction on the right side of the threshold.</param>
/// <param name="Sensitivity">Fraction of the positives at or above the threshold.</param>
/// <param name="Specificity">Fraction of the negatives below the threshold.</param>
public sealed record BinaryMetrics(
    int Images,
    int Positives,
    double? RocAuc,
    double? Accuracy,
    double? Sensitivity,
    double? Specificity
)
{
    /// <summary>Computes all measures.</summary>
    /// <param name="cases">Label (0 or 1) and probability in [0, 1] of every image.</param>
    /// <param name="threshold">At or above it an image counts as positive.</param>
    public static BinaryMetrics Compute(IReadOnlyList<(int Label, double Probability)> cases, double threshold)
    {
        var positives = cases.Count(c => c.Label == 1);
        var negatives = cases.Count - positives;
        var hits = cases.Count(c => c.Label == 1 && c.Probability >= threshold);
        var rejections = cases.Count(c => c.Label != 1 && c.Probability < threshold);
        return new(
            cases.Count,
            positives,
            Auc(cases, positives, negatives),
            Ratio(hits + rejections, cases.Count),
            Ratio(hits, positives),
            Ratio(rejections, negatives)
        );
    }

    /// <summary>Mann-Whitney: (Σ ranks of positives - P (P + 1) / 2) / (P N), ties sharing their mean rank.</summary>
    private static double? Auc(IReadOnlyList<(int Label, double Probability)> cases, int positives, int negatives)
    {
        if (positives == 0 || negatives == 0)
        {
            return null;
        }

        var (ranks, below) = (0.0, 0);
        foreach (var tied in cases.GroupBy(c => c.Probability).OrderBy(g => g.Key))
        {
            var count = tied.Count();
            ranks += tied.Count(c => c.Label == 1) * (below + (count + 1) / 2.0);
            below += count;
        }

        return (ranks - positives * (positives + 1) / 2.0) / ((double)positives * negatives);
    }

    private static double? Ratio(int part, int whole) => whole == 0 ? null : (double)part / whole;
}
