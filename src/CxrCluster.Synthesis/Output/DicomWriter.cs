using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace CxrCluster.Synthesis.Output;

/// <summary>
/// Writes data elements in explicit VR little endian (DICOM PS3.5 chapter 7). Elements must come in ascending order of tag,
/// as the standard asks; a sequence's items are written by a writer of their own.
/// </summary>
internal sealed class DicomWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private uint _last;

    /// <summary>Everything written so far.</summary>
    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    /// <summary>Bytes as they are, such as the preamble or a finished group.</summary>
    public void Raw(ReadOnlySpan<byte> bytes) => _bytes.Write(bytes);

    /// <summary>A text element, padded to even length; several values are joined by a backslash.</summary>
    public void Text(uint tag, string vr, string value)
    {
        // UIDs are padded with NUL, every other text with a blank (PS3.5 section 6.2).
        var padding =
            value.Length % 2 == 0 ? ""
            : vr == "UI" ? "\0"
            : " ";
        Element(tag, vr, Encoding.ASCII.GetBytes(value + padding));
    }

    /// <summary>A decimal or integer string.</summary>
    public void Number(uint tag, string vr, params ReadOnlySpan<double> values)
    {
        var texts = new string[values.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = values[i].ToString("0.######", CultureInfo.InvariantCulture);
        }

        Text(tag, vr, string.Join('\\', texts));
    }

    /// <summary>An unsigned short.</summary>
    public void UShort(uint tag, int value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value);
        Element(tag, "US", bytes);
    }

    /// <summary>A signed short.</summary>
    public void Short(uint tag, int value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteInt16LittleEndian(bytes, (short)value);
        Element(tag, "SS", bytes);
    }

    /// <summary>An unsigned long.</summary>
    public void ULong(uint tag, int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)value);
        Element(tag, "UL", bytes);
    }

    /// <summary>Bytes of unspecified meaning.</summary>
    public void Bytes(uint tag, ReadOnlySpan<byte> value) => Element(tag, "OB", value);

    /// <summary>16-bit pixels.</summary>
    public void Words(uint tag, ReadOnlySpan<ushort> value)
    {
        if (BitConverter.IsLittleEndian)
        {
            Element(tag, "OW", MemoryMarshal.AsBytes(value));
            return;
        }

        var swapped = new ushort[value.Length];
        BinaryPrimitives.ReverseEndianness(value, swapped);
        Element(tag, "OW", MemoryMarshal.AsBytes(swapped.AsSpan()));
    }

    /// <summary>A sequence of one item per writer, lengths given.</summary>
    public void Sequence(uint tag, params ReadOnlySpan<DicomWriter> items)
    {
        var body = new ArrayBufferWriter<byte>();
        Span<byte> header = stackalloc byte[8];
        foreach (var item in items)
        {
            var bytes = item.ToArray();
            BinaryPrimitives.WriteUInt16LittleEndian(header, 0xfffe);
            BinaryPrimitives.WriteUInt16LittleEndian(header[2..], 0xe000);
            BinaryPrimitives.WriteInt32LittleEndian(header[4..], bytes.Length);
            body.Write(header);
            body.Write(bytes);
        }

        Element(tag, "SQ", body.WrittenSpan);
    }

    /// <summary>A sequence of one coded concept.</summary>
    public void Code(uint tag, string value, string scheme, string meaning)
    {
        var item = new DicomWriter();
        item.Text(0x0008_0100, "SH", value);
        item.Text(0x0008_0102, "SH", scheme);
        item.Text(0x0008_0104, "LO", meaning);
        Sequence(tag, item);
    }

    private void Element(uint tag, string vr, ReadOnlySpan<byte> value)
    {
        if (tag <= _last)
        {
            throw new InvalidOperationException(
                $"DICOM element {tag:x8} follows {_last:x8}; write them in ascending order."
            );
        }

        _last = tag;
        Span<byte> header = stackalloc byte[12];
        BinaryPrimitives.WriteUInt16LittleEndian(header, (ushort)(tag >> 16));
        BinaryPrimitives.WriteUInt16LittleEndian(header[2..], (ushort)tag);
        header[4] = (byte)vr[0];
        header[5] = (byte)vr[1];
        if (vr is "OB" or "OW" or "SQ")
        {
            BinaryPrimitives.WriteInt32LittleEndian(header[8..], value.Length);
            _bytes.Write(header);
        }
        else
        {
            BinaryPrimitives.WriteUInt16LittleEndian(header[6..], checked((ushort)value.Length));
            _bytes.Write(header[..8]);
        }

        _bytes.Write(value);
    }
}
