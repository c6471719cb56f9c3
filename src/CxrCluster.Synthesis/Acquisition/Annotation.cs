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
        Lettering.Draw(ink, layout, image, random);
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

    /// <summary>A constant box with sharp edges that covers 4.5 to 12 % of the whole picture, inside the exposed part.</summary>
    private static void DrawRectangle(Raster picture, Rect exposed, SeededRandom random)
    {
        var share = random.Uniform(0.045f, 0.12f);
        var aspect = random.Uniform(0.5f, 2f);
        var area = share * picture.Width * picture.Height;
        var width = Math.Min((int)MathF.Ceiling(MathF.Sqrt(area * aspect)), exposed.Width * 8 / 10);
        var height = Math.Min((int)MathF.Ceiling(area / width), exposed.Height * 8 / 10);
        // Away from the flanks, where a black box would run into the black beside the body.
        var margin = Math.Min(exposed.Width / 8, (exposed.Width - width) / 2);
        var left = exposed.Left + margin + random.Next(exposed.Width - width - (2 * margin) + 1);
        var top = exposed.Top + random.Next(exposed.Height - height);
        var covered = Mean(picture, new Rect(left, top, width, height));
        var shade = random.Next(3) * 0.5f;
        // A box as bright as what it covers would hide nothing.
        shade = MathF.Abs(shade - covered) < 0.2f ? (covered < 0.5f ? 1 : 0) : shade;
        for (var y = top; y < top + height; y++)
        {
            picture.Row(y).Slice(left, width).Fill(shade);
        }
    }

    private static float Mean(Raster picture, Rect area)
    {
        var sum = 0.0;
        for (var y = area.Top; y < area.Bottom; y++)
        {
            foreach (var value in picture.Row(y).Slice(area.Left, area.Width))
            {
                sum += value;
            }
        }

        return (float)(sum / (area.Width * area.Height));
    }
}
