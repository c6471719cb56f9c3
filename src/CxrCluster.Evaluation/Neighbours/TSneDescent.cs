namespace CxrCluster.Evaluation.Neighbours;

/// <summary>Gradient descent on the Kullback-Leibler divergence, with momentum and a gain per coordinate.</summary>
/// <param name="p">Joint probabilities, n x n.</param>
/// <param name="y">Positions x, y of each point; moved in place.</param>
/// <param name="exaggeration">Factor on the attraction; above 1 in the first phase, so that clusters form.</param>
/// <param name="rate">Step size.</param>
/// <param name="momentum">Share of the last step that is kept.</param>
internal sealed class TSneDescent(double[,] p, double[] y, double exaggeration, double rate, double momentum)
{
    private readonly int n = y.Length / 2;
    private readonly double[] attraction = new double[y.Length];
    private readonly double[] repulsion = new double[y.Length];
    private readonly double[] velocity = new double[y.Length];
    private readonly double[] gain = [.. Enumerable.Repeat(1.0, y.Length)];

    public void Run(int steps, CancellationToken cancellationToken)
    {
        for (int step = 0; step < steps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Step();
        }
    }

    // The gradient is 4 Σ (p - q) w (yi - yj) with w = 1 / (1 + |yi - yj|²), q = w / Σ w.
    private void Step()
    {
        double normalisation = Forces();
        for (int c = 0; c < y.Length; c++)
        {
            double gradient =
                4 * (exaggeration * attraction[c] - repulsion[c] / Math.Max(normalisation, double.Epsilon));
            // Jacobs' rule: faster where the direction holds, slower where it swings.
            gain[c] = Math.Max(0.01, gradient * velocity[c] < 0 ? gain[c] + 0.2 : gain[c] * 0.8);
            velocity[c] = momentum * velocity[c] - rate * gain[c] * gradient;
            y[c] += velocity[c];
        }
        Centre();
    }

    private double Forces()
    {
        Array.Clear(attraction);
        Array.Clear(repulsion);
        double sum = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double dx = y[2 * i] - y[2 * j];
                double dy = y[2 * i + 1] - y[2 * j + 1];
                double w = 1 / (1 + dx * dx + dy * dy);
                sum += 2 * w;
                Add(attraction, i, j, p[i, j] * w, dx, dy);
                Add(repulsion, i, j, w * w, dx, dy);
            }
        }
        return sum;
    }

    private static void Add(double[] force, int i, int j, double strength, double dx, double dy)
    {
        force[2 * i] += strength * dx;
        force[2 * i + 1] += strength * dy;
        force[2 * j] -= strength * dx;
        force[2 * j + 1] -= strength * dy;
    }

    private void Centre()
    {
        double x = 0,
            yMean = 0;
        for (int i = 0; i < n; i++)
        {
            x += y[2 * i] / n;
            yMean += y[2 * i + 1] / n;
        }
        for (int i = 0; i < n; i++)
        {
            y[2 * i] -= x;
            y[2 * i + 1] -= yMean;
        }
    }
}
