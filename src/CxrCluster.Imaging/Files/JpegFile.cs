using System.Buffers.Binary;

namespace CxrCluster.Imaging;

/// <summary>
/// Walks the markers of a JPEG (ITU-T T.81) to its end: size, orientation, completeness. The decoder fills what is missing
/// with gray and calls it a success, so a missing end-of-image marker must be caught here.
/// </summary>
internal static class JpegFile
{
    private const byte StartOfImage = 0xD8;
    private const byte EndOfImage = 0xD9;
    private const byte StartOfScan = 0xDA;
    private const byte App1 = 0xE1;

    private static ReadOnlySpan<byte> ExifPrefix => "Exif\0\0"u8;

    public static bool Matches(ReadOnlySpan<byte> bytes) => bytes.StartsWith([(byte)0xFF, StartOfImage, (byte)0xFF]);

    public static ImageHeader ParseHeader(ReadOnlySpan<byte> bytes)
    {
        ImageHeader? header = null;
        var orientation = 1;
        var scanned = false;
        var rest = bytes[2..];
        while (true)
        {
            var marker = NextMarker(ref rest);
            if (marker == EndOfImage)
            {
                return header is not null && scanned
                    ? header with
                    {
                        Orientation = orientation,
                    }
                    : throw ImageHeader.Damaged("JPEG", "it ends without a picture");
            }

            if (rest.Length < 2 || BinaryPrimitives.ReadUInt16BigEndian(rest) is var length && length > rest.Length)
            {
                throw ImageHeader.CutOff("JPEG");
            }

            if (length < 2)
            {
                throw ImageHeader.Damaged("JPEG", "a segment has no length");
            }

            var data = rest[2..length];
            if (IsStartOfFrame(marker))
            {
                if (data.Length < 5)
                {
                    throw ImageHeader.Damaged("JPEG", "its frame header is too short");
                }

                header = new ImageHeader(
                    "JPEG",
                    BinaryPrimitives.ReadUInt16BigEndian(data[3..]),
                    BinaryPrimitives.ReadUInt16BigEndian(data[1..])
                );
            }
            else if (marker == App1 && data.StartsWith(ExifPrefix))
            {
                orientation = TiffFile.ExifOrientation(data[ExifPrefix.Length..]);
            }

            scanned |= marker == StartOfScan;
            rest = rest[length..];
        }
    }

    private static bool IsStartOfFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    /// <summary>Skips entropy-coded data, stuffed zeros, fill bytes and restart markers up to the next real marker.</summary>
    private static byte NextMarker(ref ReadOnlySpan<byte> rest)
    {
        while (true)
        {
            var at = rest.IndexOf((byte)0xFF);
            if (at < 0 || at + 1 >= rest.Length)
            {
                throw ImageHeader.CutOff("JPEG");
            }

            var marker = rest[at + 1];
            rest = rest[(at + (marker == 0xFF ? 1 : 2))..];
            if (marker is not (0x00 or 0x01 or 0xFF or >= 0xD0 and <= StartOfImage))
            {
                return marker;
            }
        }
    }
}
