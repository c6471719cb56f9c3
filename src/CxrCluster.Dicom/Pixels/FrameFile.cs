using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace CxrCluster.Dicom.Pixels;

/// <summary>
/// Wraps one compressed frame in the smallest DICOM file: the decoder gets no attribute of the original, so nothing in them
/// can mislead it, and nothing about a patient leaves this process.
/// </summary>
internal static class FrameFile
{
    private const string SecondaryCapture = "1.2.840.10008.5.1.4.1.1.7";
    private const string Anonymous = "2.25.1";

    /// <summary>The file of a frame.</summary>
    public static byte[] Write(
        string transferSyntax,
        PixelModule module,
        Codestream stream,
        IReadOnlyList<ReadOnlyMemory<byte>> fragments
    )
    {
        var meta = new ArrayBufferWriter<byte>();
        Element(meta, 0x0002_0001, "OB", [0, 1]);
        Text(meta, 0x0002_0002, "UI", SecondaryCapture);
        Text(meta, 0x0002_0003, "UI", Anonymous);
        Text(meta, 0x0002_0010, "UI", transferSyntax);
        Text(meta, 0x0002_0012, "UI", Anonymous);

        var file = new ArrayBufferWriter<byte>(fragments.Sum(f => f.Length + 8) + 1024);
        file.Write(new byte[128]);
        file.Write("DICM"u8);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, meta.WrittenCount);
        Element(file, 0x0002_0000, "UL", length);
        file.Write(meta.WrittenSpan);

        Text(file, 0x0008_0016, "UI", SecondaryCapture);
        Text(file, 0x0008_0018, "UI", Anonymous);
        Short(file, 0x0028_0002, module.Samples);
        Text(file, 0x0028_0004, "CS", module.IsGray ? "MONOCHROME2" : module.Photometric);
        if (!module.IsGray)
        {
            Short(file, 0x0028_0006, 0);
        }

        Short(file, 0x0028_0010, module.Rows);
        Short(file, 0x0028_0011, module.Columns);
        Short(file, 0x0028_0100, module.BitsAllocated);
        Short(file, 0x0028_0101, stream.Bits);
        Short(file, 0x0028_0102, stream.Bits - 1);
        Short(file, 0x0028_0103, stream.IsSigned ? 1 : 0);
        Fragments(file, fragments);
        return file.WrittenSpan.ToArray();
    }

    private static void Fragments(ArrayBufferWriter<byte> file, IReadOnlyList<ReadOnlyMemory<byte>> fragments)
    {
        Span<byte> head = [0xe0, 0x7f, 0x10, 0x00, (byte)'O', (byte)'B', 0, 0, 0xff, 0xff, 0xff, 0xff];
        file.Write(head);
        Item(file, 0xe000, []);
        foreach (var fragment in fragments)
        {
            Item(file, 0xe000, fragment.Span);
        }

        Item(file, 0xe0dd, []);
    }

    private static void Item(ArrayBufferWriter<byte> file, ushort element, ReadOnlySpan<byte> value)
    {
        Span<byte> head = stackalloc byte[8];
        BinaryPrimitives.WriteUInt16LittleEndian(head, 0xfffe);
        BinaryPrimitives.WriteUInt16LittleEndian(head[2..], element);
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], value.Length + (value.Length & 1));
        file.Write(head);
        file.Write(value);
        if ((value.Length & 1) == 1)
        {
            file.Write([(byte)0]);
        }
    }

    private static void Text(ArrayBufferWriter<byte> into, uint tag, string vr, string value) =>
        Element(
            into,
            tag,
            vr,
            Encoding.ASCII.GetBytes(value.Length % 2 == 0 ? value : value + (vr == "UI" ? "\0" : " "))
        );

    private static void Short(ArrayBufferWriter<byte> into, uint tag, int value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value);
        Element(into, tag, "US", bytes);
    }

    private static void Element(ArrayBufferWriter<byte> into, uint tag, string vr, ReadOnlySpan<byte> value)
    {
        Span<byte> head = stackalloc byte[12];
        head.Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(head, (ushort)(tag >> 16));
        BinaryPrimitives.WriteUInt16LittleEndian(head[2..], (ushort)tag);
        (head[4], head[5]) = ((byte)vr[0], (byte)vr[1]);
        var isLong = vr == "OB";
        if (isLong)
        {
            BinaryPrimitives.WriteInt32LittleEndian(head[8..], value.Length);
        }
        else
        {
            BinaryPrimitives.WriteUInt16LittleEndian(head[6..], (ushort)value.Length);
        }

        into.Write(head[..(isLong ? 12 : 8)]);
        into.Write(value);
    }
}
