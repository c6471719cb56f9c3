using OpenCvSharp;

namespace CxrCluster.Imaging.Eligibility;

/// <summary>The values of a rectangle of a picture of floats, or of a grid of a few thousand of its pixels.</summary>
internal sealed class RegionValues
{
    private const double Samples = 2000;

    private readonly float[] _sorted;

    private RegionValues(float[] sorted) => _sorted = sorted;

    /// <summary>The middle value.</summary>
    public float Median => _sorted[_sorted.Length / 2];

    /// <summary>Copies values of <paramref name="area"/>, which has at least one pixel and lies inside the picture.</summary>
    public static RegionValues Of(Mat picture, PixelRect area)
    {
        var step = Math.Max(1, (int)Math.Sqrt(area.Area / Samples));
        var values = new List<float>();
        var rows = picture.AsRows<float>();
        for (var y = area.Y; y < area.Bottom; y += step)
        {
            var row = rows[y];
            for (var x = area.X; x < area.Right; x += step)
            {
                values.Add(row[x]);
            }
        }

        values.Sort();
        return new RegionValues([.. values]);
    }

    /// <summary>Share of the values within <paramref name="distance"/> of <paramref name="centre"/>.</summary>
    public double ShareNear(float centre, float distance) =>
        (double)_sorted.Count(value => Math.Abs(value - centre) <= distance) / _sorted.Length;
}
