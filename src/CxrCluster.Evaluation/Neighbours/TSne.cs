using CxrCluster.Similarity;

namespace CxrCluster.Evaluation.Neighbours;

/// <summary>
/// Exact t-SNE in two dimensions (van der Maaten and Hinton, "Visualizing Data using t-SNE", JMLR 9, 2008), for up to some
/// thousands of vectors: time per step and memory grow with n² (5,000 vectors: 200 MB).
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
        double[][] p = Affinities(SquaredDistances(vectors, cancellationToken), options.Perplexity, options.MaxThreads);
        (double[] x, double[] y) = Start(n, options.Seed);
        // The step that scikit-learn calls "auto" (Belkina et al. 2019).
        double rate = Math.Max(n / Exaggeration / 4, 50);
        int exaggerated = Math.Min(ExaggeratedSteps, options.Iterations);
        new TSneDescent(p, x, y, Exaggeration, rate, momentum: 0.5, options.MaxThreads).Run(
            exaggerated,
            cancellationToken
        );
        new TSneDescent(p, x, y, exaggeration: 1, rate, momentum: 0.8, options.MaxThreads).Run(
            options.Iterations - exaggerated,
            cancellationToken
        );
        return [.. x.Zip(y)];
    }

    /// <summary>
    /// Symmetric joint probabilities: per point a Gaussian whose width gives the perplexity, (p(j|i) + p(i|j)) / 2n.
    /// </summary>
    /// <param name="squared">Squared distances, a row per point; overwritten with the result.</param>
    internal static double[][] Affinities(double[][] squared, double perplexity, int maxThreads = -1)
    {
        int n = squared.Length;
        double reachable = Math.Max(1, Math.Min(perplexity, (n - 1) / 3.0));
        var threads = new ParallelOptions { MaxDegreeOfParallelism = maxThreads };
        Parallel.For(0, n, threads, i => TSneBandwidth.Calibrate(squared[i], i, Math.Log(reachable)));
        for (int i = 0; i < n; i++)
        for (int j = 0; j <= i; j++)
            squared[i][j] = squared[j][i] = (squared[i][j] + squared[j][i]) / (2.0 * n);
        return squared;
    }

    /// <summary>Squared distances over their mean, so that neither tiny nor huge embeddings leave the range of exp.</summary>
    internal static double[][] SquaredDistances(
        IReadOnlyList<float[]> vectors,
        CancellationToken cancellationToken = default
    )
    {
        int n = vectors.Count;
        double[][] squared = [.. vectors.Select(_ => new double[n])];
        double sum = 0;
        for (int i = 0; i < n; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int j = 0; j < i; j++)
            {
                double distance = EuclideanDistance.Between(vectors[i], vectors[j]);
                squared[i][j] = squared[j][i] = distance * distance;
                sum += squared[i][j];
            }
        }
        double mean = sum / Math.Max(1, n * (n - 1L) / 2);
        if (mean > 0)
        {
            foreach (double[] row in squared)
                for (int j = 0; j < n; j++)
                    row[j] /= mean;
        }
        return squared;
    }

    private static (double[] X, double[] Y) Start(int n, int seed)
    {
        var random = new Random(seed);
        double[] x = new double[n];
        double[] y = new double[n];
        for (int i = 0; i < n; i++)
        {
            // Box and Muller's pair of normal deviates, small enough that no structure is decided yet.
            double radius = 1e-4 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            (double sin, double cos) = Math.SinCos(2 * Math.PI * random.NextDouble());
            (x[i], y[i]) = (radius * cos, radius * sin);
        }
        return (x, y);
    }
}
