using System.Buffers.Binary;

namespace CxrCluster.Imaging;

/// <summary>Reads the header of a Windows bitmap: size and completeness.</summary>
internal static class BmpFile
{
    private const int Uncompressed = 0;
    private const int BitFields = 3;

    public static bool Matches(ReadOnlySpan<byte> bytes) => bytes.StartsWith("BM"u8);

    public static ImageHeader ParseHeader(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 54)
        {
            throw ImageHeader.CutOff("BMP");
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[14..]) < 40)
        {
            throw new InvalidDataException("it is an OS/2 bitmap or no bitmap at all; save it as PNG.");
        }

        var pixels = BinaryPrimitives.ReadUInt32LittleEndian(bytes[10..]);
        long width = BinaryPrimitives.ReadInt32LittleEndian(bytes[18..]);
        // A negative height means that rows run from top to bottom.
        var height = Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(bytes[22..]));
        var bits = BinaryPrimitives.ReadUInt16LittleEndian(bytes[28..]);
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[30..]) is not (Uncompressed or BitFields))
        {
            throw new InvalidDataException("it is a compressed BMP, which is not read; save it as PNG.");
        }

        if (width < 0)
        {
            throw ImageHeader.Damaged("BMP", "its width is negative");
        }

        var stride = ((width * bits) + 31) / 32 * 4;
        // Divided, not multiplied: a hostile header's stride x height may exceed 64 bits.
        var rowsPresent = Math.Max(0, bytes.Length - (long)pixels) / Math.Max(1, stride);
        return new ImageHeader("BMP", width, height) { IsCutOff = height > rowsPresent };
    }
}
