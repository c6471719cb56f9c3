namespace CxrCluster.Imaging;

/// <summary>What a file says about its picture before any pixel is decoded.</summary>
/// <param name="Format">PNG, JPEG, TIFF or BMP.</param>
/// <param name="Width">Stored columns; any value the file claims.</param>
/// <param name="Height">Stored rows; any value the file claims.</param>
internal sealed record ImageHeader(string Format, long Width, long Height)
{
    /// <summary>EXIF orientation 1..8; 1 = upright.</summary>
    public int Orientation { get; init; } = 1;

    /// <summary>Whether 0 means white in the decoded pixels.</summary>
    public bool WhiteIsZero { get; init; }

    /// <summary>Whether pixels of a picture of this size are missing at the end of the file.</summary>
    public bool IsCutOff { get; init; }

    /// <summary>The bytes to decode instead of the file's, when tags had to be changed for the decoder.</summary>
    public byte[]? Rewritten { get; init; }

    /// <summary>Reads the header of whichever known format the bytes are in.</summary>
    /// <exception cref="InvalidDataException">The bytes are empty, of another format, cut off or damaged; cause and remedy.</exception>
    public static ImageHeader Parse(byte[] bytes)
    {
        if (bytes.Length == 0)
        {
            throw new InvalidDataException("it is empty (0 bytes); copy or export it again.");
        }

        if (PngFile.Matches(bytes))
        {
            return PngFile.ParseHeader(bytes);
        }

        if (JpegFile.Matches(bytes))
        {
            return JpegFile.ParseHeader(bytes);
        }

        if (TiffFile.Matches(bytes))
        {
            return TiffFile.ParseHeader(bytes);
        }

        if (BmpFile.Matches(bytes))
        {
            return BmpFile.ParseHeader(bytes);
        }

        if (bytes.AsSpan().Slice(Math.Min(128, bytes.Length)).StartsWith("DICM"u8))
        {
            throw new InvalidDataException("it is a DICOM file, which is not read here; convert it to a 16-bit PNG.");
        }

        var kind = bytes.AsSpan(0, Math.Min(512, bytes.Length)).ContainsAnyExceptInRange((byte)9, (byte)126)
            ? "it is not a PNG, JPEG, TIFF or BMP picture"
            : "it holds text, not a picture";
        throw new InvalidDataException($"{kind}, whatever its name says; export the radiograph as PNG.");
    }

    /// <summary>The failure of a file that ends too early.</summary>
    public static InvalidDataException CutOff(string format) =>
        new($"the {format} is cut off: it ends before its last pixel; copy or export it again.");

    /// <summary>The failure of a file whose structure makes no sense.</summary>
    public static InvalidDataException Damaged(string format, string what) =>
        new($"the {format} is damaged: {what}; copy or export it again.");
}
