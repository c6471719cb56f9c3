namespace CxrCluster.Evaluation.Metrics;

/// <summary>Lowers the threshold over all distinct probabilities: what both curves are made of.</summary>
internal static class ThresholdSweep
{
    /// <summary>Per distinct probability, descending: how many positives and negatives lie at or above it.</summary>
    public static IEnumerable<(double Threshold, int Tp, int Fp)> Descend(IEnumerable<Prediction> predictions)
    {
        int tp = 0,
            fp = 0;
        foreach (var ties in predictions.GroupBy(p => p.Probability).OrderByDescending(group => group.Key))
        {
            int positives = ties.Sum(p => p.Label);
            tp += positives;
            fp += ties.Count() - positives;
            yield return (ties.Key, tp, fp);
        }
    }
}
