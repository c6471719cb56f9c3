using System.Numerics;

namespace CxrCluster.Synthesis.Rendering;

/// <summary>Smooth curves through given points.</summary>
internal static class Curves
{
    /// <summary>A Catmull-Rom spline through the points, open or closed.</summary>
    /// <param name="points">At least two points.</param>
    /// <param name="closed">Whether the last point joins the first.</param>
    /// <param name="steps">Pieces per pair of points.</param>
    public static Vector2[] Through(ReadOnlySpan<Vector2> points, bool closed = false, int steps = 10)
    {
        var pairs = closed ? points.Length : points.Length - 1;
        var curve = new Vector2[(pairs * steps) + 1];
        for (var i = 0; i < pairs; i++)
        {
            var (a, b, c, d) = (At(points, i - 1), At(points, i), At(points, i + 1), At(points, i + 2));
            for (var s = 0; s < steps; s++)
            {
                curve[(i * steps) + s] = Between(a, b, c, d, (float)s / steps);
            }
        }

        curve[^1] = closed ? points[0] : points[^1];
        return curve;

        Vector2 At(ReadOnlySpan<Vector2> all, int i) =>
            closed ? all[((i % all.Length) + all.Length) % all.Length] : all[Math.Clamp(i, 0, all.Length - 1)];
    }

    /// <summary>The point at share <paramref name="t"/> of a polyline's vertices.</summary>
    public static Vector2 Along(ReadOnlySpan<Vector2> path, float t)
    {
        var position = Math.Clamp(t, 0, 1) * (path.Length - 1);
        var i = Math.Min((int)position, path.Length - 2);
        return Vector2.Lerp(path[i], path[i + 1], position - i);
    }

    /// <summary>0 below <paramref name="from"/>, 1 above <paramref name="to"/>, smooth between them.</summary>
    public static float SmoothStep(float from, float to, float value)
    {
        var t = Math.Clamp((value - from) / (to - from), 0, 1);
        return t * t * (3 - (2 * t));
    }

    private static Vector2 Between(Vector2 a, Vector2 b, Vector2 c, Vector2 d, float t) =>
        0.5f
        * (
            (2 * b)
            + (t * (c - a))
            + (t * t * ((2 * a) - (5 * b) + (4 * c) - d))
            + (t * t * t * ((3 * b) - a - (3 * c) + d))
        );
}
