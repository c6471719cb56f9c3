using CxrCluster.Imaging;
using OpenCvSharp;

namespace CxrCluster.Gateway.Images;

/// <summary>Turns radiographs, network inputs and lung maps into PNG for a screen.</summary>
internal static class Pixels
{
    /// <summary>8-bit gray, its longer side at most <paramref name="side"/>; the gray values from the 0.5th to the 99.5th
    /// percentile fill the range.</summary>
    public static byte[] Original(Radiograph radiograph, int side)
    {
        (int low, int high) = Range(radiograph);
        using Mat full = Mat.FromPixelData(radiograph.Height, radiograph.Width, MatType.CV_16UC1, radiograph.Pixels);
        using Mat small = Shrink(full, side);
        using var gray = new Mat();
        double scale = 255.0 / Math.Max(1, high - low);
        small.ConvertTo(gray, MatType.CV_8UC1, scale, -low * scale);
        return Encode(gray);
    }

    /// <summary>8-bit gray, at most <paramref name="side"/> wide.</summary>
    public static byte[] Square(SquareImage square, int side)
    {
        using Mat full = Mat.FromPixelData(square.Side, square.Side, MatType.CV_8UC1, square.Pixels);
        using Mat small = Shrink(full, side);
        return Encode(small);
    }

    /// <summary>A lung map as a layer to lay over the network's input: one colour, as opaque as the probability is high.</summary>
    public static byte[] Overlay(SquareImage map)
    {
        using Mat opacity = Mat.FromPixelData(map.Side, map.Side, MatType.CV_8UC1, map.Pixels);
        using var colour = new Mat(map.Side, map.Side, MatType.CV_8UC3, new Scalar(216, 180, 0)); // BGR: a light blue
        using var layer = new Mat();
        Cv2.Merge([.. Cv2.Split(colour), opacity], layer);
        return Encode(layer);
    }

    private static Mat Shrink(Mat full, int side)
    {
        double scale = (double)side / Math.Max(full.Width, full.Height);
        if (scale >= 1)
            return full.Clone();
        var small = new Mat();
        var size = new Size(Math.Max(1, (int)(full.Width * scale)), Math.Max(1, (int)(full.Height * scale)));
        Cv2.Resize(full, small, size, interpolation: InterpolationFlags.Area);
        return small;
    }

    private static (int Low, int High) Range(Radiograph radiograph)
    {
        int[] counts = new int[1 << radiograph.BitDepth];
        foreach (ushort pixel in radiograph.Pixels)
            counts[pixel]++;
        int ignored = radiograph.Pixels.Length / 200;
        return (FirstBeyond(counts, ignored), counts.Length - 1 - FirstBeyond([.. counts.Reverse()], ignored));
    }

    private static int FirstBeyond(int[] counts, int ignored)
    {
        long seen = 0;
        for (int value = 0; value < counts.Length; value++)
            if ((seen += counts[value]) > ignored)
                return value;
        return counts.Length - 1;
    }

    private static byte[] Encode(Mat picture) =>
        Cv2.ImEncode(".png", picture, out byte[] png)
            ? png
            : throw new InvalidOperationException($"OpenCV could not encode a {picture.Width} x {picture.Height} PNG.");
}
