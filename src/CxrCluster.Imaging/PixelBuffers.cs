using OpenCvSharp;

namespace CxrCluster.Imaging;

/// <summary>Moves pixels between managed arrays and OpenCV.</summary>
internal static class PixelBuffers
{
    /// <summary>A 16-bit view of the radiograph's own array: no copy, read-only by convention. Dispose it.</summary>
    public static Mat View(this Radiograph r) => Mat.FromPixelData(r.Height, r.Width, MatType.CV_16UC1, r.Pixels);

    /// <summary>Copies an 8- or 16-bit plane into a radiograph.</summary>
    public static Radiograph ToRadiograph(this Mat mat, int bitDepth, ImageProvenance provenance)
    {
        var pixels = new ushort[mat.Rows * mat.Cols];
        using var target = Mat.FromPixelData(mat.Rows, mat.Cols, MatType.CV_16UC1, pixels);
        mat.ConvertTo(target, MatType.CV_16UC1);
        return new Radiograph(mat.Cols, mat.Rows, bitDepth, pixels, provenance);
    }

    /// <summary>Scales values 0..<paramref name="maxValue"/> to 0..255, rounding.</summary>
    public static Mat ToBytes(this Mat mat, int maxValue)
    {
        var bytes = new Mat();
        mat.ConvertTo(bytes, MatType.CV_8UC1, 255.0 / maxValue);
        return bytes;
    }

    /// <summary>Copies an 8-bit plane into an array, row-major.</summary>
    public static byte[] CopyBytes(this Mat mat)
    {
        var bytes = new byte[mat.Rows * mat.Cols];
        using var target = Mat.FromPixelData(mat.Rows, mat.Cols, MatType.CV_8UC1, bytes);
        mat.CopyTo(target);
        return bytes;
    }

    /// <summary>OpenCV's form of the rectangle.</summary>
    public static Rect ToRect(this PixelRect r) => new(r.X, r.Y, r.Width, r.Height);
}
