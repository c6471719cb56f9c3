using System.Numerics;

namespace CxrCluster.Synthesis.Rendering;

/// <summary>A smooth function of one coordinate in [-2, 2], through given knots, constant beyond them.</summary>
internal sealed class Profile
{
    private const int Steps = 1024;
    private readonly float[] _table = new float[Steps + 2];

    /// <summary>Through knots (coordinate, value), coordinates ascending.</summary>
    public Profile(params ReadOnlySpan<Vector2> knots)
    {
        var curve = Curves.Through(knots, steps: 32);
        var j = 0;
        for (var i = 0; i < _table.Length; i++)
        {
            var x = -2 + (4f * i / Steps);
            while (j < curve.Length - 2 && curve[j + 1].X < x)
            {
                j++;
            }

            var (a, b) = (curve[j], curve[j + 1]);
            _table[i] = a.Y + ((b.Y - a.Y) * Math.Clamp((x - a.X) / Math.Max(b.X - a.X, 1e-6f), 0, 1));
        }
    }

    /// <summary>The value at <paramref name="x"/>.</summary>
    public float At(float x)
    {
        var position = Math.Clamp((x + 2) * (Steps / 4f), 0, Steps);
        var i = (int)position;
        return _table[i] + ((_table[i + 1] - _table[i]) * (position - i));
    }
}
