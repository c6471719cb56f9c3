namespace CxrCluster.Evaluation.Metrics;

/// <summary>Receiver operating characteristic: one point per distinct probability, from (0, 0) to (1, 1).</summary>
/// <param name="Points">Descending thresholds. Equal probabilities make one point, so ties count half in the area.</param>
/// <param name="Auc">Area under the straight lines between the points.</param>
public sealed record RocCurve(IReadOnlyList<RocPoint> Points, double Auc)
{
    /// <summary>Null unless there are both positives and negatives.</summary>
    public static RocCurve? Compute(IReadOnlyList<Prediction> predictions) =>
        throw new NotSupportedException("not written yet");
}
