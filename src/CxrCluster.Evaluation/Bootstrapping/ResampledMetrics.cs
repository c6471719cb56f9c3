using CxrCluster.Evaluation.Metrics;

namespace CxrCluster.Evaluation.Bootstrapping;

/// <summary>
/// The metrics of resamples of one set of predictions: how often an image was drawn is its weight, so that the images are
/// sorted once and every resample takes one pass.
/// </summary>
internal sealed class ResampledMetrics
{
    private readonly IReadOnlyList<Prediction> predictions;
    private readonly double threshold;
    private readonly int[] descending;

    public ResampledMetrics(IReadOnlyList<Prediction> predictions, double threshold)
    {
        this.predictions = predictions;
        this.threshold = threshold;
        descending = [.. Enumerable.Range(0, predictions.Count).OrderByDescending(i => predictions[i].Probability)];
    }

    /// <summary>The metrics of the set in which image i stands draws[i] times.</summary>
    public MetricValues Compute(ReadOnlySpan<int> draws)
    {
        var sums = new Sums();
        int tp = 0,
            fp = 0;
        for (int start = 0, end; start < descending.Length; start = end)
        {
            // Equal probabilities are one step of the curves.
            double probability = predictions[descending[start]].Probability;
            int positives = 0,
                negatives = 0;
            for (
                end = start;
                end < descending.Length && predictions[descending[end]].Probability.Equals(probability);
                end++
            )
            {
                int drawn = draws[descending[end]];
                if (predictions[descending[end]].Label == 1)
                    positives += drawn;
                else
                    negatives += drawn;
            }
            sums.Add(probability, positives, negatives);
            if (probability >= threshold)
                (tp, fp) = (tp + positives, fp + negatives);
        }
        return sums.Finish(tp, fp);
    }

    private sealed class Sums
    {
        private int positives;
        private int negatives;
        private long twiceArea;
        private double precisionSum;
        private double squares;

        public void Add(double probability, int newPositives, int newNegatives)
        {
            twiceArea += (long)newNegatives * (2 * positives + newPositives);
            positives += newPositives;
            negatives += newNegatives;
            if (newPositives > 0)
                precisionSum += newPositives * ((double)positives / (positives + negatives));
            squares += newPositives * (1 - probability) * (1 - probability) + newNegatives * probability * probability;
        }

        public MetricValues Finish(int tp, int fp) =>
            new(
                new ConfusionMatrix(tp, fp, negatives - fp, positives - tp),
                positives > 0 && negatives > 0 ? twiceArea / (2.0 * positives * negatives) : null,
                positives > 0 ? precisionSum / positives : null,
                positives + negatives > 0 ? squares / (positives + negatives) : null
            );
    }
}
