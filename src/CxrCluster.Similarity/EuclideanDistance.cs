namespace CxrCluster.Similarity;

/// <summary>Euclidean distance between float32 vectors, in double arithmetic.</summary>
public static class EuclideanDistance
{
    /// <summary>The distance; exact to double rounding for any finite components.</summary>
    /// <exception cref="ArgumentException">Different lengths.</exception>
    public static double Between(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        if (x.Length != y.Length)
            throw new ArgumentException(
                $"Vectors of {x.Length} and {y.Length} components have no distance: use embeddings of the same model.",
                nameof(y)
            );
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double difference = (double)x[i] - y[i];
            sum += difference * difference;
        }
        return Math.Sqrt(sum);
    }
}
