namespace CxrCluster.Evaluation.Metrics;

/// <summary>A threshold chosen by a rule.</summary>
/// <param name="Rule">Such as "Youden" or "specificity at least 0.95".</param>
/// <param name="Threshold">Probabilities at or above it are positive; null when the rule calls nothing positive.</param>
public sealed record OperatingPoint(string Rule, double? Threshold, double Sensitivity, double Specificity)
{
    private static readonly double[] Targets = [0.90, 0.95];

    /// <summary>
    /// Youden's (1950) point, where sensitivity + specificity is greatest; the most sensitive points with a specificity of
    /// at least 0.90 and 0.95; the most specific ones with a sensitivity of at least 0.90 and 0.95. Of equal points the
    /// one with the highest threshold. Empty unless there are both classes.
    /// </summary>
    public static IReadOnlyList<OperatingPoint> Compute(IReadOnlyList<Prediction> predictions)
    {
        if (RocCurve.Compute(predictions) is not { Points: var points })
            return [];
        return
        [
            Best("Youden", points, point => point.TruePositiveRate - point.FalsePositiveRate),
            .. Targets.Select(target =>
                Best(
                    $"specificity at least {target:0.00}",
                    points.Where(point => Specificity(point) >= target),
                    point => point.TruePositiveRate
                )
            ),
            .. Targets.Select(target =>
                Best(
                    $"sensitivity at least {target:0.00}",
                    points.Where(point => point.TruePositiveRate >= target),
                    point => -point.FalsePositiveRate
                )
            ),
        ];

        static double Specificity(RocPoint point) => 1 - point.FalsePositiveRate;

        static OperatingPoint Best(string rule, IEnumerable<RocPoint> points, Func<RocPoint, double> worth)
        {
            RocPoint best = points.MaxBy(worth)!;
            return new OperatingPoint(rule, best.Threshold, best.TruePositiveRate, Specificity(best));
        }
    }
}
