namespace CxrCluster.Imaging;

/// <summary>
/// Reads the first directory of a TIFF (TIFF 6.0): size, orientation, photometry, completeness. The decoder applies
/// orientation and photometry for some sample formats only, so both are taken away from it and applied by the reader.
/// </summary>
internal static class TiffFile
{
    private const int WhiteIsZero = 0;
    private const int BlackIsZero = 1;

    public static bool Matches(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("II*\0"u8)
        || bytes.StartsWith("MM\0*"u8)
        || bytes.StartsWith("II+\0"u8)
        || bytes.StartsWith("MM\0+"u8);

    public static ImageHeader ParseHeader(byte[] bytes)
    {
        if (bytes[2] == '+' || bytes[3] == '+')
        {
            throw new InvalidDataException("it is a BigTIFF, which is not read; save it as a plain TIFF or a PNG.");
        }

        var directory = TiffDirectory.Parse(bytes);
        if (directory.HasNext)
        {
            throw new InvalidDataException("the TIFF holds several pictures; save the one to be scored alone, as PNG.");
        }

        RequireData(directory, bytes.Length, TiffTag.StripOffsets, TiffTag.StripByteCounts);
        RequireData(directory, bytes.Length, TiffTag.TileOffsets, TiffTag.TileByteCounts);
        var orientation = Orientation(directory);
        var whiteIsZero = directory.Value(TiffTag.Photometric) == WhiteIsZero;
        byte[]? rewritten = null;
        if (orientation != 1 || whiteIsZero)
        {
            rewritten = [.. bytes];
            directory.Overwrite(rewritten, TiffTag.Orientation, 1);
            if (whiteIsZero)
            {
                directory.Overwrite(rewritten, TiffTag.Photometric, BlackIsZero);
            }
        }

        return new ImageHeader("TIFF", directory.Value(TiffTag.Width) ?? 0, directory.Value(TiffTag.Height) ?? 0)
        {
            Orientation = orientation,
            WhiteIsZero = whiteIsZero,
            Rewritten = rewritten,
        };
    }

    /// <summary>The orientation in an EXIF block, which is a small TIFF of its own; 1 when it has none.</summary>
    public static int ExifOrientation(ReadOnlySpan<byte> exif) =>
        Matches(exif) ? Orientation(TiffDirectory.Parse(exif)) : 1;

    private static int Orientation(TiffDirectory directory) =>
        directory.Value(TiffTag.Orientation) switch
        {
            null => 1,
            >= 1 and <= 8 and var orientation => (int)orientation,
            var other => throw ImageHeader.Damaged("picture", $"its orientation is {other}, which must be 1 to 8"),
        };

    private static void RequireData(TiffDirectory directory, long length, TiffTag offsets, TiffTag counts)
    {
        var (starts, sizes) = (directory.Values(offsets), directory.Values(counts));
        if (starts.Zip(sizes).Any(part => part.First + part.Second > length))
        {
            throw ImageHeader.CutOff("TIFF");
        }
    }
}
