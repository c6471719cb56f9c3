using OpenCvSharp;

namespace CxrCluster.Imaging.Preprocessing;

/// <summary>
/// Makes pictures of differently exposed and differently windowed machines alike: the low and the high percentile of the
/// gray values become black and white (values outside are clipped), then a gamma between 0.5 and 2 brings the median
/// towards the middle. Gain, offset and, within the gamma's bounds, exposure curves of a machine cancel out.
/// </summary>
/// <param name="lowPercentile">Percentile that becomes 0.</param>
/// <param name="highPercentile">Percentile that becomes 65535.</param>
public sealed class BrightnessStandardiser(double lowPercentile = 0.5, double highPercentile = 99.5)
{
    private const int White = 65535;

    /// <summary>The standardised picture of the same size, 16-bit.</summary>
    public Radiograph Apply(Radiograph r)
    {
        using var view = r.View();
        using var standard = Apply(view);
        return standard.ToRadiograph(16, r.Provenance);
    }

    internal Mat Apply(Mat mat)
    {
        var histogram = new GrayHistogram(mat);
        var table = BuildTable(
            histogram.Percentile(lowPercentile),
            histogram.Percentile(50),
            histogram.Percentile(highPercentile)
        );
        var height = mat.Rows;
        var standard = new Mat(height, mat.Cols, MatType.CV_16UC1);
        var sources = mat.AsRows<ushort>();
        var targets = standard.AsRows<ushort>();
        for (var y = 0; y < height; y++)
        {
            var source = sources[y];
            var target = targets[y];
            for (var x = 0; x < source.Length; x++)
            {
                target[x] = table[source[x]];
            }
        }

        return standard;
    }

    private static ushort[] BuildTable(int low, int median, int high)
    {
        var span = Math.Max(1, high - low);
        var middle = Math.Clamp((double)(median - low) / span, 0.25, Math.Sqrt(0.5));
        // middle ^ gamma = 0.5; the clamp above keeps gamma within 0.5 .. 2.
        var gamma = Math.Log(0.5) / Math.Log(middle);
        var table = new ushort[White + 1];
        for (var value = 0; value <= White; value++)
        {
            var linear = Math.Clamp((double)(value - low) / span, 0, 1);
            table[value] = (ushort)Math.Round(White * Math.Pow(linear, gamma));
        }

        return table;
    }
}
