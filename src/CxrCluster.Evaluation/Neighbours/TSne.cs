using CxrCluster.Similarity;

namespace CxrCluster.Evaluation.Neighbours;

/// <summary>
/// Exact t-SNE in two dimensions (van der Maaten and Hinton, "Visualizing Data using t-SNE", JMLR 9, 2008), for up to some
/// thousands of vectors: time per step and memory grow with n².
/// </summary>
public static class TSne
{
    private const int ExaggeratedSteps = 250;
    private const double Exaggeration = 12;

    /// <summary>A position per vector, centred on the origin. Equal input and seed give equal positions.</summary>
    /// <exception cref="ArgumentException">Options out of range, or vectors of different lengths.</exception>
    public static IReadOnlyList<(double X, double Y)> Embed(
        IReadOnlyList<float[]> vectors,
        TSneOptions options,
        CancellationToken cancellationToken = default
    )
    {
        if (options.Validate().FirstOrDefault() is { } fault)
            throw new ArgumentException(fault, nameof(options));
        int n = vectors.Count;
        double[,] p = Affinities(SquaredDistances(vectors), options.Perplexity);
        double[] y = Start(n, options.Seed);
        // The step that scikit-learn calls "auto" (Belkina et al. 2019).
        double rate = Math.Max(n / Exaggeration / 4, 50);
        int exaggerated = Math.Min(ExaggeratedSteps, options.Iterations);
        new TSneDescent(p, y, Exaggeration, rate, momentum: 0.5).Run(exaggerated, cancellationToken);
        new TSneDescent(p, y, exaggeration: 1, rate, momentum: 0.8).Run(
            options.Iterations - exaggerated,
            cancellationToken
        );
        return [.. Enumerable.Range(0, n).Select(i => (y[2 * i], y[2 * i + 1]))];
    }

    /// <summary>
    /// Symmetric joint probabilities: per point a Gaussian whose width gives the perplexity, (p(j|i) + p(i|j)) / 2n.
    /// </summary>
    internal static double[,] Affinities(double[,] squared, double perplexity)
    {
        int n = squared.GetLength(0);
        double reachable = Math.Max(1, Math.Min(perplexity, (n - 1) / 3.0));
        var conditional = new double[n, n];
        double[] row = new double[n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
                row[j] = squared[i, j];
            TSneBandwidth.Calibrate(row, i, Math.Log(reachable));
            for (int j = 0; j < n; j++)
                conditional[i, j] = row[j];
        }

        var joint = new double[n, n];
        for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            joint[i, j] = (conditional[i, j] + conditional[j, i]) / (2.0 * n);
        return joint;
    }

    /// <summary>Squared distances over their mean, so that neither tiny nor huge embeddings leave the range of exp.</summary>
    internal static double[,] SquaredDistances(IReadOnlyList<float[]> vectors)
    {
        int n = vectors.Count;
        var squared = new double[n, n];
        double sum = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double distance = EuclideanDistance.Between(vectors[i], vectors[j]);
                squared[i, j] = squared[j, i] = distance * distance;
                sum += squared[i, j];
            }
        }
        double mean = sum / Math.Max(1, n * (n - 1L) / 2);
        if (mean > 0)
        {
            for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                squared[i, j] /= mean;
        }
        return squared;
    }

    private static double[] Start(int n, int seed)
    {
        var random = new Random(seed);
        double[] y = new double[2 * n];
        for (int i = 0; i < n; i++)
        {
            // Box and Muller's pair of normal deviates, small enough that no structure is decided yet.
            double radius = 1e-4 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            (double sin, double cos) = Math.SinCos(2 * Math.PI * random.NextDouble());
            (y[2 * i], y[2 * i + 1]) = (radius * cos, radius * sin);
        }
        return y;
    }
}
