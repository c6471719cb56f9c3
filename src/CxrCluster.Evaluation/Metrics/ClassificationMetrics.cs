using System.Text.Json.Serialization;

namespace CxrCluster.Evaluation.Metrics;

/// <summary>How well probabilities agree with labels. What is undefined (one class only, no predictions) is null.</summary>
/// <param name="N">Predictions.</param>
/// <param name="Positives">Positives in truth.</param>
/// <param name="Threshold">Probabilities at or above it are predicted positive.</param>
/// <param name="Accuracy">(TP + TN) / n.</param>
/// <param name="Sensitivity">TP / positives.</param>
/// <param name="Specificity">TN / negatives.</param>
/// <param name="Precision">TP / predicted positives.</param>
/// <param name="F1">Harmonic mean of precision and sensitivity.</param>
/// <param name="RocAuc">See <see cref="RocCurve"/>.</param>
/// <param name="PrAuc">Average precision, see <see cref="PrecisionRecallCurve"/>.</param>
/// <param name="Brier">Mean squared difference between probability and label.</param>
/// <param name="Confusion">The counts behind the ratios.</param>
public sealed record ClassificationMetrics(
    int N,
    int Positives,
    double Threshold,
    double? Accuracy,
    double? Sensitivity,
    double? Specificity,
    double? Precision,
    double? F1,
    double? RocAuc,
    double? PrAuc,
    double? Brier,
    ConfusionMatrix Confusion
)
{
    /// <summary>Those that get an interval, by kind.</summary>
    [JsonIgnore]
    public MetricValues Values => new(Confusion, RocAuc, PrAuc, Brier);

    /// <summary>All metrics at one threshold.</summary>
    public static ClassificationMetrics Compute(IReadOnlyList<Prediction> predictions, double threshold = 0.5)
    {
        if (!(threshold is >= 0 and <= 1))
            throw new ArgumentException($"The threshold is {threshold}: it must lie in [0, 1].", nameof(threshold));
        ConfusionMatrix confusion = ConfusionMatrix.Of(predictions, threshold);
        return new ClassificationMetrics(
            predictions.Count,
            confusion.Positives,
            threshold,
            confusion.Accuracy,
            confusion.Sensitivity,
            confusion.Specificity,
            confusion.Precision,
            confusion.F1,
            RocCurve.Compute(predictions)?.Auc,
            PrecisionRecallCurve.Compute(predictions)?.AveragePrecision,
            predictions.Count == 0
                ? null
                : predictions.Average(p => (p.Probability - p.Label) * (p.Probability - p.Label)),
            confusion
        );
    }
}
