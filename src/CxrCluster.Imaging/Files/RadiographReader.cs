namespace CxrCluster.Imaging;

/// <summary>Reads PNG, JPEG, TIFF and BMP files into radiographs; refuses everything else with a clear sentence.</summary>
public static class RadiographReader
{
    /// <summary>Shortest side, in pixels, that can be a chest X-ray.</summary>
    public const int MinSide = 32;

    /// <summary>Longest side, in pixels, that is decoded.</summary>
    public const int MaxSide = 16_384;

    /// <summary>Most pixels that are decoded (8192 x 8192): bounds one picture's memory to about 0.6 GB as 16-bit RGBA.</summary>
    public const long MaxPixels = 8192L * 8192;

    /// <summary>Decodes <paramref name="bytes"/>; the format is taken from them, never from <paramref name="name"/>.</summary>
    /// <exception cref="UnreadableImageException">The bytes are no usable picture; the message says why and what to do.</exception>
    public static Radiograph Read(byte[] bytes, string name) => throw new NotSupportedException();

    /// <summary>Reads one file.</summary>
    /// <exception cref="UnreadableImageException">The file is missing, cannot be opened or is no usable picture.</exception>
    public static Radiograph ReadFile(string path) => throw new NotSupportedException();
}
