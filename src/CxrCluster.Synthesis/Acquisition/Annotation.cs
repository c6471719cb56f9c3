using CxrCluster.Synthesis.Plan;
using CxrCluster.Synthesis.Rendering;
using OpenCvSharp;

namespace CxrCluster.Synthesis.Acquisition;

/// <summary>Burns side markers, text, black borders and rectangles into a picture.</summary>
internal static class Annotation
{
    /// <summary>Adds everything that an image has.</summary>
    /// <param name="picture">Brightness from 0 to 1; overwritten.</param>
    /// <param name="layout">Its exposed part.</param>
    /// <param name="image">Which image.</param>
    /// <param name="random">The image's annotation stream.</param>
    public static void Burn(Raster picture, PictureLayout layout, ImagePlan image, SeededRandom random)
    {
        Collimate(picture, layout.Exposed);
        using var ink = new Mat(picture.Height, picture.Width, MatType.CV_8UC1, Scalar.Black);
        DrawMarker(ink, layout, image, random);
        DrawText(ink, layout, image, random);
        ink.GetArray(out byte[] drawn);
        for (var i = 0; i < drawn.Length; i++)
        {
            picture.Values[i] += (0.98f - picture.Values[i]) * (drawn[i] / 255f);
        }

        if (image.Rectangle)
        {
            DrawRectangle(picture, layout.Exposed, random);
        }
    }

    private static void Collimate(Raster picture, Rect exposed)
    {
        for (var y = 0; y < picture.Height; y++)
        {
            var row = picture.Row(y);
            if (y < exposed.Top || y >= exposed.Bottom)
            {
                row.Clear();
            }

            row[..exposed.Left].Clear();
            row[exposed.Right..].Clear();
        }
    }

    // One letter for the side it stands on: R in the left half of the picture, as the patient faces the reader.
    private static void DrawMarker(Mat ink, PictureLayout layout, ImagePlan image, SeededRandom random)
    {
        if (random.Chance(0.12f))
        {
            return; // Now and then the radiographer forgets.
        }

        var area = layout.Exposed;
        var side = random.Sign();
        var letter = side < 0 ? "R" : "L";
        var size = Math.Max((int)(0.055f * layout.Height), 5);
        var x =
            side < 0
                ? area.Left + (int)(random.Uniform(0.02f, 0.06f) * area.Width)
                : area.Right - size - (int)(random.Uniform(0.02f, 0.06f) * area.Width);
        var y = area.Top + (int)(random.Uniform(0.03f, 0.16f) * area.Height);
        var font = HersheyFonts.HersheyDuplex;
        var thickness = Math.Max(size / 12, 1);
        var scale = size * 0.7 / Cv2.GetTextSize(letter, font, 1, 1, out _).Height;
        Cv2.PutText(
            ink,
            letter,
            new Point(x + (size / 6), y + (size * 5 / 6)),
            font,
            scale,
            Scalar.White,
            thickness,
            LineTypes.AntiAlias
        );
        if (image.Patient.Machine.BoxedMarker)
        {
            Cv2.Circle(
                ink,
                new Point(x + (size / 2), y + (size / 2)),
                (int)(size * 0.68),
                Scalar.White,
                Math.Max(thickness / 2, 1),
                LineTypes.AntiAlias
            );
        }
    }

    private static void DrawText(Mat ink, PictureLayout layout, ImagePlan image, SeededRandom random)
    {
        var area = layout.Exposed;
        var text = image.Projection switch
        {
            Projection.AP => random.Chance(0.6f) ? "PORTABLE AP" : "AP SUPINE",
            Projection.PA => "PA",
            _ => "LAT",
        };
        var bottom = random.Chance(0.4f);
        if (random.Chance(0.35f))
        {
            return;
        }

        var height = Math.Max(0.022f * layout.Height, 4);
        var font = HersheyFonts.HersheySimplex;
        var scale = height / Cv2.GetTextSize(text, font, 1, 1, out _).Height;
        var width = Cv2.GetTextSize(text, font, scale, 1, out _).Width;
        var x = random.Chance(0.5f)
            ? area.Left + (int)(0.1f * area.Width)
            : area.Right - width - (int)(0.1f * area.Width);
        var y = bottom ? layout.Height - (int)(0.02f * layout.Height) : area.Top + (int)(0.035f * area.Height);
        var thickness = Math.Max((int)(height / 10), 1);
        Cv2.PutText(ink, text, new Point(x, y), font, scale, Scalar.White, thickness, LineTypes.AntiAlias);
        if (random.Chance(0.5f))
        {
            var time = $"{random.Next(24):00}:{random.Next(60):00}";
            Cv2.PutText(
                ink,
                time,
                new Point(x, y + ((bottom ? -1 : 1) * (int)(1.6f * height))),
                font,
                scale,
                Scalar.White,
                thickness,
                LineTypes.AntiAlias
            );
        }
    }

    /// <summary>A constant box with sharp edges that covers 4.5 to 12 % of the whole picture, inside the exposed part.</summary>
    private static void DrawRectangle(Raster picture, Rect exposed, SeededRandom random)
    {
        var share = random.Uniform(0.045f, 0.12f);
        var aspect = random.Uniform(0.5f, 2f);
        var area = share * picture.Width * picture.Height;
        var width = Math.Min((int)MathF.Ceiling(MathF.Sqrt(area * aspect)), exposed.Width * 8 / 10);
        var height = Math.Min((int)MathF.Ceiling(area / width), exposed.Height * 8 / 10);
        var left = exposed.Left + random.Next(exposed.Width - width);
        var top = exposed.Top + random.Next(exposed.Height - height);
        ReadOnlySpan<float> shades = [0f, 0.5f, 1f];
        var shade = shades[random.Next(shades.Length)];
        for (var y = top; y < top + height; y++)
        {
            picture.Row(y).Slice(left, width).Fill(shade);
        }
    }
}
