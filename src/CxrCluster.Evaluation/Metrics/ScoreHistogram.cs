namespace CxrCluster.Evaluation.Metrics;

/// <summary>How many images of each class have a probability in each of equally wide bins over [0, 1].</summary>
/// <param name="Negatives">Per bin; the last bin includes 1.</param>
/// <param name="Positives">Per bin; the last bin includes 1.</param>
public sealed record ScoreHistogram(IReadOnlyList<int> Negatives, IReadOnlyList<int> Positives)
{
    /// <param name="bins">At least 1.</param>
    public static ScoreHistogram Compute(IReadOnlyList<Prediction> predictions, int bins = 20) =>
        throw new NotSupportedException("not written yet");
}
