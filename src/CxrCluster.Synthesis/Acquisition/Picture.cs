namespace CxrCluster.Synthesis.Acquisition;

/// <summary>A finished picture.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Brightness">Row-major, 0 to 1, brighter = denser.</param>
/// <param name="LungMask">Row-major, 0 or 255; null in a lateral view.</param>
/// <param name="Opacity">Share of the lungs' air that disease has replaced, 0 to 1.</param>
internal sealed record Picture(int Width, int Height, float[] Brightness, byte[]? LungMask, double Opacity)
{
    /// <summary>The pixels as integers of 8 to 16 bits.</summary>
    public ushort[] Quantise(int bits)
    {
        var max = (1 << bits) - 1;
        var pixels = new ushort[Brightness.Length];
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (ushort)((Brightness[i] * max) + 0.5f);
        }

        return pixels;
    }
}
