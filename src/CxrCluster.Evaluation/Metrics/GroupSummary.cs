namespace CxrCluster.Evaluation.Metrics;

/// <summary>The metrics of one group of images, such as those of one view.</summary>
/// <param name="Group">Its name.</param>
/// <param name="Images">Scored ones.</param>
/// <param name="Positives">Positives in truth among them.</param>
/// <param name="RocAuc">Null unless the group has both classes.</param>
public sealed record GroupSummary(
    string Group,
    int Images,
    int Positives,
    Proportion Accuracy,
    Proportion Sensitivity,
    Proportion Specificity,
    double? RocAuc
)
{
    /// <summary>A summary per group, in ordinal order of the names.</summary>
    public static IReadOnlyList<GroupSummary> Compute(
        IEnumerable<Prediction> predictions,
        Func<Prediction, string> group,
        double threshold
    ) =>
        [
            .. predictions
                .GroupBy(group, StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => Of(g.Key, [.. g], threshold)),
        ];

    private static GroupSummary Of(string name, IReadOnlyList<Prediction> predictions, double threshold)
    {
        ConfusionMatrix at = ConfusionMatrix.Of(predictions, threshold);
        return new GroupSummary(
            name,
            at.Count,
            at.Positives,
            new Proportion(at.Tp + at.Tn, at.Count),
            new Proportion(at.Tp, at.Positives),
            new Proportion(at.Tn, at.Negatives),
            RocCurve.Compute(predictions)?.Auc
        );
    }
}
