namespace CxrCluster.Imaging;

/// <summary>An 8-bit gray square, the form in which pictures and masks reach the networks. Pixels are not copied.</summary>
/// <param name="Side">Columns and rows, at least 1.</param>
/// <param name="Pixels">Row-major values 0..255, Side x Side. Treat as read-only.</param>
/// <exception cref="ArgumentException">The pixels do not fill the square.</exception>
#pragma warning disable CA1819 // A megabyte that goes to tensors and over the wire: an array is the honest type.
public sealed record SquareImage(int Side, byte[] Pixels)
{
    /// <summary>Row-major values 0..255, Side x Side. Treat as read-only.</summary>
    public byte[] Pixels { get; } =
        Side >= 1 && Pixels.LongLength == (long)Side * Side
            ? Pixels
            : throw new ArgumentException(
                $"{Pixels.LongLength} pixels do not fill a square of side {Side}; pass side x side values.",
                nameof(Pixels)
            );
}
#pragma warning restore CA1819
