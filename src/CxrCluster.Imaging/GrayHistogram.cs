using OpenCvSharp;

namespace CxrCluster.Imaging;

/// <summary>Counts of every gray value 0..65535, for exact percentiles.</summary>
internal sealed class GrayHistogram
{
    private readonly int[] _counts = new int[65536];
    private readonly long _total;

    /// <summary>Counts the pixels of a 16-bit plane.</summary>
    public GrayHistogram(Mat picture)
    {
        var height = picture.Rows;
        var rows = picture.AsRows<ushort>();
        for (var y = 0; y < height; y++)
        {
            foreach (var pixel in rows[y])
            {
                _counts[pixel]++;
            }
        }

        _total = picture.Total();
    }

    /// <summary>Largest value that occurs.</summary>
    public int Max => Math.Max(0, Array.FindLastIndex(_counts, count => count > 0));

    /// <summary>The smallest value v such that at least <paramref name="percent"/> percent of the pixels are at most v.</summary>
    public int Percentile(double percent)
    {
        // At least one pixel: the 0th percentile is the smallest value that occurs.
        var wanted = Math.Max(1, (long)Math.Ceiling(_total * percent / 100));
        long seen = 0;
        for (var value = 0; value < _counts.Length; value++)
        {
            seen += _counts[value];
            if (seen >= wanted)
            {
                return value;
            }
        }

        return _counts.Length - 1;
    }
}
