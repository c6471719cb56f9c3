namespace CxrCluster.Evaluation.Neighbours;

/// <summary>
/// Gradient descent on the Kullback-Leibler divergence, with momentum and a gain per coordinate. Rows are computed in
/// parallel and summed in order, eight lanes wide on every processor, so that neither cores nor vectors change a bit.
/// </summary>
/// <param name="p">Joint probabilities, a row of n per point.</param>
/// <param name="x">First coordinates; moved in place.</param>
/// <param name="y">Second coordinates; moved in place.</param>
/// <param name="exaggeration">Factor on the attraction; above 1 in the first phase, so that clusters form.</param>
/// <param name="rate">Step size.</param>
/// <param name="momentum">Share of the last step that is kept.</param>
/// <param name="maxThreads">Threads at most; -1 for all cores.</param>
internal sealed class TSneDescent(
    double[][] p,
    double[] x,
    double[] y,
    double exaggeration,
    double rate,
    double momentum,
    int maxThreads
)
{
    // Below, starting the threads costs more than they save.
    private const int FewestInParallel = 500;

    private readonly ParallelOptions threads = new() { MaxDegreeOfParallelism = maxThreads };
    private readonly int n = x.Length;
    private readonly TSneForce[] forces = new TSneForce[x.Length];
    private readonly double[] velocityX = new double[x.Length];
    private readonly double[] velocityY = new double[x.Length];
    private readonly double[] gainX = [.. Enumerable.Repeat(1.0, x.Length)];
    private readonly double[] gainY = [.. Enumerable.Repeat(1.0, x.Length)];

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
        if (n < FewestInParallel)
            for (int i = 0; i < n; i++)
                forces[i] = TSneForce.On(i, p[i], x, y);
        else
            Parallel.For(0, n, threads, i => forces[i] = TSneForce.On(i, p[i], x, y));
        double sum = 0;
        foreach (TSneForce force in forces)
            sum += force.Weight;
        sum = Math.Max(sum, double.Epsilon);
        for (int i = 0; i < n; i++)
        {
            TSneForce f = forces[i];
            Move(x, velocityX, gainX, i, 4 * (exaggeration * f.AttractionX - f.RepulsionX / sum));
            Move(y, velocityY, gainY, i, 4 * (exaggeration * f.AttractionY - f.RepulsionY / sum));
        }
        Centre(x);
        Centre(y);
    }

    private void Move(double[] position, double[] velocity, double[] gain, int i, double gradient)
    {
        // Jacobs' rule: faster where the direction holds, slower where it swings.
        gain[i] = Math.Max(0.01, gradient * velocity[i] < 0 ? gain[i] + 0.2 : gain[i] * 0.8);
        velocity[i] = momentum * velocity[i] - rate * gain[i] * gradient;
        position[i] += velocity[i];
    }

    private static void Centre(double[] position)
    {
        double mean = position.Sum() / position.Length;
        for (int i = 0; i < position.Length; i++)
            position[i] -= mean;
    }
}
