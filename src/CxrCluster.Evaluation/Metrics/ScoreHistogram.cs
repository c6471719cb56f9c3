namespace CxrCluster.Evaluation.Metrics;

/// <summary>How many images of each class have a probability in each of equally wide bins over [0, 1].</summary>
/// <param name="Negatives">Per bin; the last bin includes 1.</param>
/// <param name="Positives">Per bin; the last bin includes 1.</param>
public sealed record ScoreHistogram(IReadOnlyList<int> Negatives, IReadOnlyList<int> Positives)
{
    /// <param name="bins">At least 1.</param>
    public static ScoreHistogram Compute(IReadOnlyList<Prediction> predictions, int bins = 20)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        int[][] counts = [new int[bins], new int[bins]];
        foreach (Prediction prediction in predictions)
            counts[prediction.Label][Math.Min((int)(prediction.Probability * bins), bins - 1)]++;
        return new ScoreHistogram(counts[0], counts[1]);
    }
}
