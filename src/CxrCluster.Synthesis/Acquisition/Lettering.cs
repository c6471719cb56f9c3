using CxrCluster.Synthesis.Plan;
using OpenCvSharp;

namespace CxrCluster.Synthesis.Acquisition;

/// <summary>Writes side markers and text in white on an empty picture.</summary>
internal static class Lettering
{
    /// <summary>Draws what a radiographer and a machine write on an image.</summary>
    /// <param name="ink">8-bit picture, black; gets the letters.</param>
    /// <param name="layout">Where the exposed part is.</param>
    /// <param name="image">Which image.</param>
    /// <param name="random">The image's annotation stream.</param>
    public static void Draw(Mat ink, PictureLayout layout, ImagePlan image, SeededRandom random)
    {
        var side = random.Sign();
        // Now and then the radiographer forgets the marker, and a third of the machines' exports carry no text.
        if (random.Chance(0.88f))
        {
            DrawMarker(ink, layout, side, image.Patient.Machine.BoxedMarker, random);
        }

        if (random.Chance(0.65f))
        {
            DrawText(ink, layout, -side, Lines(image.Projection, random), random);
        }
    }

    // One letter for the side it stands on: R in the left half of the picture, as the patient faces the reader.
    private static void DrawMarker(Mat ink, PictureLayout layout, int side, bool circled, SeededRandom random)
    {
        var area = layout.Exposed;
        var size = Math.Max((int)(0.055f * layout.Height), 5);
        var margin = (int)(random.Uniform(0.02f, 0.06f) * area.Width);
        var x = side < 0 ? area.Left + margin : area.Right - size - margin;
        var y = area.Top + (int)(random.Uniform(0.03f, 0.16f) * area.Height);
        var thickness = Math.Max(size / 12, 1);
        Write(ink, side < 0 ? "R" : "L", new Point(x + (size / 6), y + (size * 5 / 6)), 0.7 * size, thickness);
        if (circled)
        {
            var middle = new Point(x + (size / 2), y + (size / 2));
            Cv2.Circle(ink, middle, (int)(size * 0.68), Scalar.White, Math.Max(thickness / 2, 1), LineTypes.AntiAlias);
        }
    }

    private static string[] Lines(Projection projection, SeededRandom random)
    {
        var view = projection switch
        {
            Projection.AP => random.Chance(0.6f) ? "PORTABLE AP" : "AP SUPINE",
            Projection.PA => "PA",
            _ => "LAT",
        };
        return random.Chance(0.5f) ? [view, $"{random.Next(24):00}:{random.Next(60):00}"] : [view];
    }

    // At the top or the bottom of the exposed part, or in the border below it when that is high enough.
    private static void DrawText(Mat ink, PictureLayout layout, int side, string[] lines, SeededRandom random)
    {
        var area = layout.Exposed;
        var height = Math.Max(0.022f * layout.Height, 4);
        var step = (int)(1.6f * height);
        var y = area.Top + (int)(0.035f * area.Height) + (int)height;
        if (random.Chance(0.4f))
        {
            var inBorder = layout.Height - area.Bottom > 1.8f * height;
            lines = inBorder ? lines[..1] : lines;
            y = inBorder ? area.Bottom + (int)(1.4f * height) : area.Bottom - (int)height - ((lines.Length - 1) * step);
        }

        foreach (var line in lines)
        {
            var width = Cv2.GetTextSize(line, HersheyFonts.HersheySimplex, Scale(height), 1, out _).Width;
            var margin = (int)(0.06f * area.Width);
            var x = side < 0 ? area.Left + margin : area.Right - width - margin;
            Write(ink, line, new Point(x, y), height, Math.Max((int)(height / 10), 1));
            y += step;
        }
    }

    private static void Write(Mat ink, string text, Point at, double height, int thickness) =>
        Cv2.PutText(
            ink,
            text,
            at,
            HersheyFonts.HersheySimplex,
            Scale(height),
            Scalar.White,
            thickness,
            LineTypes.AntiAlias
        );

    // The font's capitals are 21 units high.
    private static double Scale(double height) => height / 21;
}
