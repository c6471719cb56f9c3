using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CxrCluster.Evaluation.Neighbours;

/// <summary>What all points do to one point of a t-SNE map.</summary>
/// <param name="Weight">Sum of 1 / (1 + squared distance) over the others.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TSneForce(
    double AttractionX,
    double AttractionY,
    double RepulsionX,
    double RepulsionY,
    double Weight
)
{
    /// <param name="i">The point.</param>
    /// <param name="p">Its joint probabilities; 0 with itself.</param>
    /// <param name="x">First coordinates.</param>
    /// <param name="y">Second coordinates.</param>
    public static TSneForce On(int i, ReadOnlySpan<double> p, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Vector512<double> one = Vector512.Create(1.0);
        Vector512<double> xi = Vector512.Create(x[i]),
            yi = Vector512.Create(y[i]);
        Vector512<double> ax = default,
            ay = default,
            rx = default,
            ry = default,
            sum = default;
        int j = 0;
        for (; j <= x.Length - Vector512<double>.Count; j += Vector512<double>.Count)
        {
            Vector512<double> dx = xi - Vector512.Create(x[j..]);
            Vector512<double> dy = yi - Vector512.Create(y[j..]);
            Vector512<double> w = one / (one + (dx * dx) + (dy * dy));
            Vector512<double> pull = Vector512.Create(p[j..]) * w;
            Vector512<double> push = w * w;
            sum += w;
            ax += pull * dx;
            ay += pull * dy;
            rx += push * dx;
            ry += push * dy;
        }
        var force = new TSneForce(
            Vector512.Sum(ax),
            Vector512.Sum(ay),
            Vector512.Sum(rx),
            Vector512.Sum(ry),
            Vector512.Sum(sum) - 1 // the point itself
        );
        for (; j < x.Length; j++)
            force = force.With(x[i] - x[j], y[i] - y[j], p[j]);
        return force;
    }

    private TSneForce With(double dx, double dy, double p)
    {
        double w = 1 / (1 + dx * dx + dy * dy);
        return new TSneForce(
            AttractionX + p * w * dx,
            AttractionY + p * w * dy,
            RepulsionX + w * w * dx,
            RepulsionY + w * w * dy,
            Weight + w
        );
    }
}
