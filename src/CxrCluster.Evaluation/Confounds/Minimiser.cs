namespace CxrCluster.Evaluation.Confounds;

/// <summary>L-BFGS (Nocedal 1980; Nocedal and Wright 2006, algorithm 7.4) for smooth convex functions. Deterministic.</summary>
internal static class Minimiser
{
    private const int Memory = 12;
    private const int MostSteps = 2000;

    /// <summary>The value at a point; writes its gradient.</summary>
    public delegate double Objective(ReadOnlySpan<double> at, Span<double> gradient);

    /// <summary>From the origin to where no component of the gradient is above the tolerance.</summary>
    public static double[] Run(
        int dimension,
        Objective objective,
        double tolerance,
        CancellationToken cancellationToken
    )
    {
        double[] x = new double[dimension];
        double[] gradient = new double[dimension];
        double value = objective(x, gradient);
        var pairs = new LinkedList<(double[] S, double[] Y, double Curvature)>();
        for (int step = 0; step < MostSteps && gradient.Max(Math.Abs) > tolerance; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double[] direction = Direction(gradient, pairs);
            double slope = Dot(direction, gradient);
            double length = pairs.Count == 0 ? 1 / Math.Max(1, Math.Sqrt(Dot(gradient, gradient))) : 1;
            double[] next = new double[dimension];
            double[] nextGradient = new double[dimension];
            double nextValue;
            // Armijo's condition; the last digits of the value are noise and must not stop the gradient's descent.
            double noise = 1e-14 * Math.Abs(value);
            while (true)
            {
                for (int i = 0; i < dimension; i++)
                    next[i] = x[i] + length * direction[i];
                nextValue = objective(next, nextGradient);
                if (nextValue <= value + 1e-4 * length * slope + noise || length < 1e-12)
                    break;
                length /= 2;
            }
            double[] s = [.. next.Zip(x, (a, b) => a - b)];
            double[] y = [.. nextGradient.Zip(gradient, (a, b) => a - b)];
            double curvature = Dot(s, y);
            if (curvature > 0)
                pairs.AddLast((s, y, curvature));
            if (pairs.Count > Memory)
                pairs.RemoveFirst();
            (x, gradient, value) = (next, nextGradient, nextValue);
        }
        return x;
    }

    // Minus the inverse Hessian's estimate times the gradient.
    private static double[] Direction(double[] gradient, LinkedList<(double[] S, double[] Y, double Curvature)> pairs)
    {
        double[] direction = [.. gradient.Select(g => -g)];
        var weights = new Stack<double>();
        for (var node = pairs.Last; node is not null; node = node.Previous)
        {
            double weight = Dot(node.Value.S, direction) / node.Value.Curvature;
            weights.Push(weight);
            Add(direction, -weight, node.Value.Y);
        }
        if (pairs.Last is { Value: var last })
        {
            double scale = last.Curvature / Dot(last.Y, last.Y);
            for (int i = 0; i < direction.Length; i++)
                direction[i] *= scale;
        }
        foreach ((double[] s, double[] y, double curvature) in pairs)
            Add(direction, weights.Pop() - Dot(y, direction) / curvature, s);
        return direction;
    }

    private static void Add(double[] to, double weight, double[] vector)
    {
        for (int i = 0; i < to.Length; i++)
            to[i] += weight * vector[i];
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
