namespace CxrCluster.Evaluation.Metrics;

/// <summary>Precision against recall: one point per distinct probability.</summary>
/// <param name="Points">Descending thresholds, so recall ascends.</param>
/// <param name="AveragePrecision">
/// Sum over the points of (recall - previous recall) x precision, without interpolation: the definition of scikit-learn's
/// <c>average_precision_score</c>. This is what reports call the PR AUC.
/// </param>
public sealed record PrecisionRecallCurve(IReadOnlyList<PrecisionRecallPoint> Points, double AveragePrecision)
{
    /// <summary>Null if there are no positives.</summary>
    public static PrecisionRecallCurve? Compute(IReadOnlyList<Prediction> predictions)
    {
        int positives = predictions.Sum(p => p.Label);
        if (positives == 0)
            return null;

        List<PrecisionRecallPoint> points = [];
        double average = 0;
        double lastRecall = 0;
        foreach ((double threshold, int tp, int fp) in ThresholdSweep.Descend(predictions))
        {
            var point = new PrecisionRecallPoint(threshold, (double)tp / positives, (double)tp / (tp + fp));
            average += (point.Recall - lastRecall) * point.Precision;
            lastRecall = point.Recall;
            points.Add(point);
        }
        return new PrecisionRecallCurve(points, average);
    }
}
