using OpenCvSharp;

namespace CxrCluster.Imaging;

/// <summary>Writes gray PNG files.</summary>
public static class PngWriter
{
    /// <summary>Encodes an 8-bit square.</summary>
    public static byte[] Encode(SquareImage image) => Encode(image.Side, image.Side, image.Pixels);

    /// <summary>Encodes 8-bit row-major gray pixels.</summary>
    public static byte[] Encode(int width, int height, byte[] gray)
    {
        using var mat = Mat.FromPixelData(height, width, MatType.CV_8UC1, Checked(width, height, gray));
        return Encode(mat);
    }

    /// <summary>Encodes 16-bit row-major gray pixels.</summary>
    public static byte[] Encode16(int width, int height, ushort[] gray)
    {
        using var mat = Mat.FromPixelData(height, width, MatType.CV_16UC1, Checked(width, height, gray));
        return Encode(mat);
    }

    private static byte[] Encode(Mat mat)
    {
        if (!Cv2.ImEncode(".png", mat, out var bytes))
        {
            throw new InvalidOperationException($"OpenCV could not encode a {mat.Width} x {mat.Height} PNG.");
        }

        return bytes;
    }

    private static T[] Checked<T>(int width, int height, T[] gray)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (gray.LongLength != (long)width * height)
        {
            throw new ArgumentException(
                $"{gray.LongLength} pixels do not fill {width} x {height}; pass width x height values.",
                nameof(gray)
            );
        }

        return gray;
    }
}
