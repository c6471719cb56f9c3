using System.Buffers.Binary;

namespace CxrCluster.Imaging;

/// <summary>Walks the chunks of a PNG (ISO/IEC 15948): size, orientation, completeness.</summary>
internal static class PngFile
{
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    public static bool Matches(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Signature);

    public static ImageHeader ParseHeader(ReadOnlySpan<byte> bytes)
    {
        ImageHeader? header = null;
        var rest = bytes[Signature.Length..];
        while (true)
        {
            // length, type, data, check sum
            if (
                rest.Length < 12
                || BinaryPrimitives.ReadUInt32BigEndian(rest) is var length && length > rest.Length - 12
            )
            {
                throw ImageHeader.CutOff("PNG");
            }

            var type = rest.Slice(4, 4);
            var data = rest.Slice(8, (int)length);
            if (header is null)
            {
                if (!type.SequenceEqual("IHDR"u8) || data.Length != 13)
                {
                    throw ImageHeader.Damaged("PNG", "its first chunk is no image header");
                }

                header = new ImageHeader(
                    "PNG",
                    BinaryPrimitives.ReadUInt32BigEndian(data),
                    BinaryPrimitives.ReadUInt32BigEndian(data[4..])
                );
            }
            else if (type.SequenceEqual("eXIf"u8))
            {
                header = header with { Orientation = TiffFile.ExifOrientation(data) };
            }
            else if (type.SequenceEqual("IEND"u8))
            {
                return header;
            }

            rest = rest[(12 + (int)length)..];
        }
    }
}
