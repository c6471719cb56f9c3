namespace CxrCluster.Evaluation.Metrics;

/// <summary>Receiver operating characteristic: one point per distinct probability, from (0, 0) to (1, 1).</summary>
/// <param name="Points">Descending thresholds. Equal probabilities make one point, so ties count half in the area.</param>
/// <param name="Auc">
/// Area under the straight lines between the points: the chance that a random positive has a higher probability than a
/// random negative, ties counting half (Mann-Whitney).
/// </param>
public sealed record RocCurve(IReadOnlyList<RocPoint> Points, double Auc)
{
    /// <summary>Null unless there are both positives and negatives.</summary>
    public static RocCurve? Compute(IReadOnlyList<Prediction> predictions)
    {
        int positives = predictions.Sum(p => p.Label);
        int negatives = predictions.Count - positives;
        if (positives == 0 || negatives == 0)
            return null;

        List<RocPoint> points = [new(Threshold: null, 0, 0)];
        long twiceArea = 0;
        int lastTp = 0,
            lastFp = 0;
        foreach ((double threshold, int tp, int fp) in ThresholdSweep.Descend(predictions))
        {
            points.Add(new RocPoint(threshold, (double)fp / negatives, (double)tp / positives));
            twiceArea += (long)(fp - lastFp) * (tp + lastTp);
            (lastTp, lastFp) = (tp, fp);
        }
        return new RocCurve(points, twiceArea / (2.0 * positives * negatives));
    }
}
