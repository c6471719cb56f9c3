namespace CxrCluster.Evaluation.Confounds;

/// <summary>
/// Multinomial logistic regression with an L2 penalty: minimises C Σ -log p(class) + ½ |weights|², intercepts free, which
/// is what scikit-learn's LogisticRegression(multi_class="multinomial") minimises.
/// </summary>
public sealed class LogisticRegression
{
    private readonly int classes;
    private readonly int features;
    private readonly double[] parameters;

    private LogisticRegression(int classes, int features, double[] parameters) =>
        (this.classes, this.features, this.parameters) = (classes, features, parameters);

    /// <summary>Fits to a gradient below 1e-8 in every component.</summary>
    /// <param name="samples">Features per sample, finite, all of one length; at least one sample.</param>
    /// <param name="labels">Class per sample, 0 to below <paramref name="classes"/>.</param>
    /// <param name="classes">At least 2.</param>
    /// <param name="c">Weight of the data against the penalty, above 0.</param>
    public static LogisticRegression Fit(
        IReadOnlyList<double[]> samples,
        IReadOnlyList<int> labels,
        int classes,
        double c,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(c);
        if (samples.Count == 0 || samples.Count != labels.Count)
            throw new ArgumentException(
                $"There are {samples.Count} samples and {labels.Count} labels: give one label per sample, at least one.",
                nameof(samples)
            );
        int width = samples[0].Length;
        double[] probabilities = new double[classes];
        double[] fitted = Minimiser.Run(classes * (width + 1), Objective, 1e-8, cancellationToken);
        return new LogisticRegression(classes, width, fitted);

        double Objective(ReadOnlySpan<double> at, Span<double> gradient)
        {
            gradient.Clear();
            double value = 0;
            for (int i = 0; i < samples.Count; i++)
            {
                value -= c * Softmax(at, samples[i], probabilities, labels[i]);
                for (int k = 0; k < classes; k++)
                {
                    double residual = c * (probabilities[k] - (labels[i] == k ? 1 : 0));
                    Span<double> row = gradient.Slice(k * (width + 1), width + 1);
                    for (int f = 0; f < width; f++)
                        row[f] += residual * samples[i][f];
                    row[width] += residual;
                }
            }
            for (int k = 0; k < classes; k++)
            for (int f = 0, w = k * (width + 1); f < width; f++, w++)
            {
                value += 0.5 * at[w] * at[w];
                gradient[w] += at[w];
            }
            return value;
        }
    }

    /// <summary>Probability of each class, summing to 1.</summary>
    public double[] Probabilities(double[] sample)
    {
        double[] probabilities = new double[classes];
        Softmax(parameters, sample, probabilities, 0);
        return probabilities;
    }

    /// <summary>The weights of one class, one per feature.</summary>
    internal ReadOnlySpan<double> Weights(int label) => parameters.AsSpan(label * (features + 1), features);

    // Fills the probabilities and gives the logarithm of one of them.
    private static double Softmax(ReadOnlySpan<double> at, double[] sample, double[] probabilities, int asked)
    {
        int stride = sample.Length + 1;
        double highest = double.NegativeInfinity;
        for (int k = 0; k < probabilities.Length; k++)
        {
            ReadOnlySpan<double> row = at.Slice(k * stride, stride);
            double logit = row[^1];
            for (int f = 0; f < sample.Length; f++)
                logit += row[f] * sample[f];
            probabilities[k] = logit;
            highest = Math.Max(highest, logit);
        }
        double askedLogit = probabilities[asked] - highest;
        double sum = 0;
        for (int k = 0; k < probabilities.Length; k++)
            sum += probabilities[k] = Math.Exp(probabilities[k] - highest);
        for (int k = 0; k < probabilities.Length; k++)
            probabilities[k] /= sum;
        return askedLogit - Math.Log(sum);
    }
}
