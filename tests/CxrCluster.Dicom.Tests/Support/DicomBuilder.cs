using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace CxrCluster.Dicom.Tests.Support;

/// <summary>Writes DICOM files of any uncompressed syntax, right and wrong ones, one element after the other.</summary>
internal sealed class DicomBuilder(string syntax = DicomBuilder.Explicit)
{
    public const string Implicit = "1.2.840.10008.1.2";
    public const string Explicit = "1.2.840.10008.1.2.1";
    public const string Deflated = "1.2.840.10008.1.2.1.99";
    public const string BigEndian = "1.2.840.10008.1.2.2";

    private readonly SortedDictionary<uint, byte[]> _elements = [];

    private bool IsExplicit => syntax != Implicit;

    private bool IsBig => syntax == BigEndian;

    /// <summary>A frontal chest X-ray with the given samples.</summary>
    public static DicomBuilder Chest(int rows, int columns, int bits, string syntax = Explicit) =>
        new DicomBuilder(syntax)
            .Text(0x0008_0018, "UI", "2.25.4")
            .Text(0x0008_0060, "CS", "CR")
            .Text(0x0010_0020, "LO", "phantom")
            .Text(0x0018_0015, "CS", "CHEST")
            .Text(0x0018_5101, "CS", "PA")
            .Shorts(0x0028_0002, "US", 1)
            .Text(0x0028_0004, "CS", "MONOCHROME2")
            .Shorts(0x0028_0010, "US", rows)
            .Shorts(0x0028_0011, "US", columns)
            .Shorts(0x0028_0100, "US", bits == 8 ? 8 : 16)
            .Shorts(0x0028_0101, "US", bits)
            .Shorts(0x0028_0102, "US", bits - 1)
            .Shorts(0x0028_0103, "US", 0);

    public DicomBuilder Text(uint tag, string vr, string value) =>
        Bytes(tag, vr, Encoding.Latin1.GetBytes(value.Length % 2 == 0 ? value : value + (vr == "UI" ? "\0" : " ")));

    public DicomBuilder Shorts(uint tag, string vr, params int[] values)
    {
        var bytes = new byte[2 * values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            Put16(bytes.AsSpan(2 * i), (ushort)values[i]);
        }

        return Bytes(tag, vr, bytes);
    }

    public DicomBuilder Bytes(uint tag, string vr, byte[] value)
    {
        _elements[tag] = [.. Head(tag, vr, (uint)value.Length), .. value];
        return this;
    }

    /// <summary>A sequence with one item.</summary>
    public DicomBuilder Sequence(uint tag, Action<DicomBuilder> item)
    {
        var inner = new DicomBuilder(syntax);
        item(inner);
        var body = inner.Body();
        return Bytes(tag, "SQ", [.. Head(0xfffe_e000, "", (uint)body.Length), .. body]);
    }

    public DicomBuilder Without(uint tag)
    {
        _elements.Remove(tag);
        return this;
    }

    public DicomBuilder Pixels(params int[] samples) => Shorts(0x7fe0_0010, "OW", samples);

    /// <summary>8-bit samples; in big endian as words, as OW asks.</summary>
    public DicomBuilder Pixels8(params byte[] samples)
    {
        var bytes = (byte[])samples.Clone();
        for (var i = 0; IsBig && i + 1 < bytes.Length; i += 2)
        {
            (bytes[i], bytes[i + 1]) = (bytes[i + 1], bytes[i]);
        }

        return Bytes(0x7fe0_0010, "OW", bytes);
    }

    /// <summary>The elements alone.</summary>
    public byte[] Body() => [.. _elements.Values.SelectMany(e => e)];

    /// <summary>The file; "" as syntax of the meta information leaves preamble and meta out.</summary>
    public byte[] Build(string? metaSyntax = null)
    {
        var body = Body();
        if (metaSyntax == "")
        {
            return body;
        }

        if (syntax == Deflated)
        {
            using var packed = new MemoryStream();
            using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest))
            {
                deflate.Write(body);
            }

            body = packed.ToArray();
        }

        var meta = new DicomBuilder().Text(0x0002_0010, "UI", metaSyntax ?? syntax).Body();
        return [.. new byte[128], .. "DICM"u8, .. meta, .. body];
    }

    private byte[] Head(uint tag, string vr, uint length)
    {
        var isItem = tag >> 16 == 0xfffe;
        var isLong = vr is "OB" or "OW" or "SQ" or "UN";
        var head = new byte[IsExplicit && !isItem && isLong ? 12 : 8];
        Put16(head, (ushort)(tag >> 16));
        Put16(head.AsSpan(2), (ushort)tag);
        if (!IsExplicit || isItem)
        {
            Put32(head.AsSpan(4), length);
            return head;
        }

        (head[4], head[5]) = ((byte)vr[0], (byte)vr[1]);
        if (isLong)
        {
            Put32(head.AsSpan(8), length);
        }
        else
        {
            Put16(head.AsSpan(6), (ushort)length);
        }

        return head;
    }

    private void Put16(Span<byte> to, ushort value)
    {
        if (IsBig)
        {
            BinaryPrimitives.WriteUInt16BigEndian(to, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt16LittleEndian(to, value);
        }
    }

    private void Put32(Span<byte> to, uint value)
    {
        if (IsBig)
        {
            BinaryPrimitives.WriteUInt32BigEndian(to, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(to, value);
        }
    }
}
