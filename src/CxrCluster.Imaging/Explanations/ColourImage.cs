namespace CxrCluster.Imaging.Explanations;

/// <summary>A colour picture.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Rgb">Row-major; red, green, blue, a byte each.</param>
#pragma warning disable CA1819 // Pixels are handed to encoders as they are.
public sealed record ColourImage(int Width, int Height, byte[] Rgb);
#pragma warning restore CA1819
