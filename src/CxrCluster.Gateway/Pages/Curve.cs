using System.Globalization;
using System.Text;

namespace CxrCluster.Gateway.Pages;

/// <summary>A small curve as the points of an SVG polyline.</summary>
internal static class Curve
{
    /// <summary>Width of the drawing, user units.</summary>
    public const int Width = 160;

    /// <summary>Height of the drawing, user units.</summary>
    public const int Height = 40;

    /// <summary>One polyline per stretch of values that are there: from the left edge to the right, the least at the bottom.</summary>
    /// <param name="values">Per epoch; null where there is none.</param>
    /// <param name="epochs">Epochs of the whole axis.</param>
    /// <param name="least">Value at the bottom.</param>
    /// <param name="most">Value at the top.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<double?> values, int epochs, double least, double most)
    {
        var line = new StringBuilder();
        for (int i = 0; i <= values.Count; i++)
        {
            if (i < values.Count && values[i] is { } value)
            {
                double x = epochs <= 1 ? Width / 2.0 : (double)i / (epochs - 1) * Width;
                double y =
                    most > least ? (1 - Math.Clamp((value - least) / (most - least), 0, 1)) * Height : Height / 2.0;
                line.Append(CultureInfo.InvariantCulture, $"{x:0.#},{y:0.#} ");
                continue;
            }
            if (line.Length > 0)
                yield return line.ToString().TrimEnd();
            line.Clear();
        }
    }
}
