using System.Runtime.InteropServices;

namespace CxrCluster.Imaging;

/// <summary>An axis-aligned rectangle of pixels; (0, 0) is the top left pixel, all lengths in pixels.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PixelRect(int X, int Y, int Width, int Height)
{
    /// <summary>First column to the right of the rectangle.</summary>
    public int Right => X + Width;

    /// <summary>First row below the rectangle.</summary>
    public int Bottom => Y + Height;

    /// <summary>Number of pixels covered.</summary>
    public long Area => (long)Width * Height;

    /// <summary>Whether the pixel (<paramref name="x"/>, <paramref name="y"/>) lies inside.</summary>
    public bool Contains(int x, int y) => x >= X && x < Right && y >= Y && y < Bottom;
}
