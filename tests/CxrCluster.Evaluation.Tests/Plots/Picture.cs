using SkiaSharp;

namespace CxrCluster.Evaluation.Tests.Plots;

/// <summary>Looks at a rendered PNG.</summary>
internal static class Picture
{
    /// <summary>Decodes it and checks the size.</summary>
    public static SKBitmap Decode(byte[] png, int width, int height)
    {
        SKBitmap bitmap = SKBitmap.Decode(png);
        Assert.Equal((width, height), (bitmap.Width, bitmap.Height));
        return bitmap;
    }

    /// <summary>How many pixels of a region are nearly of a colour.</summary>
    public static int Count(this SKBitmap bitmap, string color, SKRectI region)
    {
        SKColor wanted = SKColor.Parse(color);
        int count = 0;
        for (int y = region.Top; y < region.Bottom; y++)
        for (int x = region.Left; x < region.Right; x++)
        {
            SKColor pixel = bitmap.GetPixel(x, y);
            if (
                Math.Abs(pixel.Red - wanted.Red)
                    + Math.Abs(pixel.Green - wanted.Green)
                    + Math.Abs(pixel.Blue - wanted.Blue)
                < 30
            )
                count++;
        }
        return count;
    }

    public static int Count(this SKBitmap bitmap, string color) => bitmap.Count(color, bitmap.Info.Rect);
}
