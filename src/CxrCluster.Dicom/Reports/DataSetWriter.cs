using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace CxrCluster.Dicom.Reports;

/// <summary>
/// A data set being written in explicit VR little endian (PS3.5 chapter 7). Elements may be set in any order; they are
/// written by tag, so that equal content gives equal bytes. Own text is ASCII, which every character set contains.
/// </summary>
internal sealed class DataSetWriter
{
    private static readonly Encoding Ascii = Encoding.GetEncoding(
        "us-ascii",
        new EncoderReplacementFallback("?"),
        DecoderFallback.ExceptionFallback
    );

    /// <summary>In place of a VR: OB of undefined length.</summary>
    private const string OpenLength = "OB*";

    private readonly SortedDictionary<uint, (string Vr, byte[] Value)> _elements = [];

    /// <summary>A text element; several values are joined by a backslash.</summary>
    public DataSetWriter Text(uint tag, string vr, string value) => Bytes(tag, vr, Ascii.GetBytes(value));

    /// <summary>Unsigned shorts.</summary>
    public DataSetWriter Shorts(uint tag, params ReadOnlySpan<int> values)
    {
        byte[] bytes = new byte[2 * values.Length];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2 * i), (ushort)values[i]);
        return Bytes(tag, "US", bytes);
    }

    /// <summary>A decimal string of at most 16 characters (PS3.5 section 6.2).</summary>
    public DataSetWriter Decimal(uint tag, double value) =>
        Text(tag, "DS", Math.Round(value, 6).ToString("0.######", CultureInfo.InvariantCulture));

    /// <summary>A value as it is, padded to even length: UIDs and bytes with NUL, text with a blank.</summary>
    public DataSetWriter Bytes(uint tag, string vr, ReadOnlySpan<byte> value)
    {
        byte[] padded = new byte[value.Length + value.Length % 2];
        value.CopyTo(padded);
        if (padded.Length > value.Length && vr is not ("UI" or "OB"))
            padded[^1] = (byte)' ';
        _elements[tag] = (vr, padded);
        return this;
    }

    /// <summary>A sequence, lengths given.</summary>
    public DataSetWriter Sequence(uint tag, params IEnumerable<DataSetWriter> items)
    {
        ArrayBufferWriter<byte> body = new();
        Span<byte> head = stackalloc byte[8];
        foreach (DataSetWriter item in items)
        {
            byte[] bytes = item.ToArray();
            BinaryPrimitives.WriteUInt16LittleEndian(head, 0xfffe);
            BinaryPrimitives.WriteUInt16LittleEndian(head[2..], 0xe000);
            BinaryPrimitives.WriteInt32LittleEndian(head[4..], bytes.Length);
            body.Write(head);
            body.Write(bytes);
        }
        return Bytes(tag, "SQ", body.WrittenSpan);
    }

    /// <summary>Compressed pixels (PS3.5 annex A.4): offset table, fragments as they are, end mark.</summary>
    public DataSetWriter Fragments(uint tag, IReadOnlyList<uint> offsets, IEnumerable<ReadOnlyMemory<byte>> fragments)
    {
        byte[] table = new byte[4 * offsets.Count];
        for (int i = 0; i < offsets.Count; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(4 * i), offsets[i]);
        ArrayBufferWriter<byte> body = new();
        Span<byte> head = stackalloc byte[8];
        foreach (ReadOnlyMemory<byte> fragment in fragments.Prepend(table))
        {
            BinaryPrimitives.WriteUInt32LittleEndian(head, 0xe000_fffe);
            BinaryPrimitives.WriteInt32LittleEndian(head[4..], fragment.Length);
            body.Write(head);
            body.Write(fragment.Span);
        }
        BinaryPrimitives.WriteUInt32LittleEndian(head, 0xe0dd_fffe);
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], 0);
        body.Write(head);
        _elements[tag] = (OpenLength, body.WrittenSpan.ToArray());
        return this;
    }

    /// <summary>A sequence of one code.</summary>
    public DataSetWriter Code(uint tag, Code code) => Sequence(tag, code.ToItem());

    /// <summary>All elements of another data set.</summary>
    public void Add(DataSetWriter other)
    {
        foreach ((uint tag, (string Vr, byte[] Value) element) in other._elements)
            _elements[tag] = element;
    }

    /// <summary>The elements alone.</summary>
    public byte[] ToArray()
    {
        ArrayBufferWriter<byte> bytes = new();
        Span<byte> head = stackalloc byte[12];
        foreach ((uint tag, (string vr, byte[] value)) in _elements)
        {
            head.Clear();
            BinaryPrimitives.WriteUInt16LittleEndian(head, (ushort)(tag >> 16));
            BinaryPrimitives.WriteUInt16LittleEndian(head[2..], (ushort)tag);
            (head[4], head[5]) = ((byte)vr[0], (byte)vr[1]);
            bool isLong = vr is OpenLength or "OB" or "OW" or "SQ" or "UT" or "UN";
            if (isLong)
                BinaryPrimitives.WriteInt32LittleEndian(head[8..], vr == OpenLength ? -1 : value.Length);
            else
                BinaryPrimitives.WriteUInt16LittleEndian(head[6..], checked((ushort)value.Length));
            bytes.Write(head[..(isLong ? 12 : 8)]);
            bytes.Write(value);
        }
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>The DICOM file (PS3.10 section 7): preamble, meta information and this data set.</summary>
    public byte[] ToFile(string sopClass, string sopInstance, string syntax = "1.2.840.10008.1.2.1")
    {
        byte[] group = new DataSetWriter()
            .Bytes(0x0002_0001, "OB", [0, 1])
            .Text(0x0002_0002, "UI", sopClass)
            .Text(0x0002_0003, "UI", sopInstance)
            .Text(0x0002_0010, "UI", syntax)
            .Text(0x0002_0012, "UI", OwnOutput.ImplementationUid)
            .Text(0x0002_0013, "SH", OwnOutput.Manufacturer.ToUpperInvariant())
            .ToArray();
        byte[] length = new byte[12];
        BinaryPrimitives.WriteUInt32LittleEndian(length, 0x0000_0002);
        "UL"u8.CopyTo(length.AsSpan(4));
        length[6] = 4;
        BinaryPrimitives.WriteInt32LittleEndian(length.AsSpan(8), group.Length);
        return [.. new byte[128], .. "DICM"u8, .. length, .. group, .. ToArray()];
    }
}
