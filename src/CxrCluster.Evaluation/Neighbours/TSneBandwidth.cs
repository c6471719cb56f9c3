namespace CxrCluster.Evaluation.Neighbours;

/// <summary>Finds the Gaussian around one point whose entropy is the logarithm of the perplexity.</summary>
internal static class TSneBandwidth
{
    /// <summary>Turns squared distances from one point into the probabilities of its neighbours.</summary>
    /// <param name="row">Squared distances on entry, probabilities that sum to 1 on return; 0 at the point itself.</param>
    /// <param name="self">The point.</param>
    /// <param name="entropy">Wanted entropy in nats.</param>
    public static void Calibrate(double[] row, int self, double entropy)
    {
        double nearest = double.PositiveInfinity;
        for (int j = 0; j < row.Length; j++)
            if (j != self)
                nearest = Math.Min(nearest, row[j]);

        double[] probability = new double[row.Length];
        double beta = 1;
        double low = 0;
        double high = double.PositiveInfinity;
        for (int attempt = 0; attempt < 100; attempt++)
        {
            double excess = Fill(row, probability, self, nearest, beta) - entropy;
            if (Math.Abs(excess) < 1e-7)
                break;
            if (excess > 0)
                low = beta;
            else
                high = beta;
            beta = double.IsPositiveInfinity(high) ? 2 * beta : (low + high) / 2;
        }
        probability.CopyTo(row, 0);
    }

    // Distances count from the nearest neighbour's: the factor cancels and the sum cannot vanish.
    private static double Fill(double[] squared, double[] probability, int self, double nearest, double beta)
    {
        double sum = 0;
        double weighted = 0;
        for (int j = 0; j < squared.Length; j++)
        {
            double beyond = squared[j] - nearest;
            probability[j] = j == self ? 0 : Math.Exp(-beta * beyond);
            sum += probability[j];
            weighted += j == self ? 0 : beyond * probability[j];
        }
        if (sum == 0)
            return 0;
        for (int j = 0; j < squared.Length; j++)
            probability[j] /= sum;
        return Math.Log(sum) + beta * weighted / sum;
    }
}
