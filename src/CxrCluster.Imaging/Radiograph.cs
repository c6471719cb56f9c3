namespace CxrCluster.Imaging;

/// <summary>A radiograph: one plane of 8- to 16-bit gray pixels, brighter = denser (MONOCHROME2).</summary>
public sealed class Radiograph
{
    /// <summary>Wraps pixels without copying them.</summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="bitDepth">8..16; every pixel is below 2^bitDepth.</param>
    /// <param name="pixels">Row-major, <paramref name="width"/> x <paramref name="height"/> values.</param>
    /// <param name="provenance">Where the pixels came from.</param>
    /// <exception cref="ArgumentException">The sizes do not fit together.</exception>
    public Radiograph(int width, int height, int bitDepth, ushort[] pixels, ImageProvenance provenance)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(bitDepth, 8);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bitDepth, 16);
        if (pixels.LongLength != (long)width * height)
        {
            throw new ArgumentException(
                $"{provenance.Name}: {pixels.LongLength} pixels do not fill {width} x {height}; pass width x height values.",
                nameof(pixels)
            );
        }

        Width = width;
        Height = height;
        BitDepth = bitDepth;
        Pixels = pixels;
        Provenance = provenance;
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Bits per pixel, 8..16.</summary>
    public int BitDepth { get; }

    /// <summary>The largest value a pixel can have: 2^BitDepth - 1.</summary>
    public int MaxValue => (1 << BitDepth) - 1;

    /// <summary>Row-major pixels, brighter = denser, each below 2^BitDepth. Treat as read-only.</summary>
#pragma warning disable CA1819 // Millions of pixels handed to native code: an array is the honest type.
    public ushort[] Pixels { get; }
#pragma warning restore CA1819

    /// <summary>Where the pixels came from.</summary>
    public ImageProvenance Provenance { get; }
}
