using System.Buffers.Binary;

namespace CxrCluster.Imaging;

/// <summary>The whole-number tags of a TIFF's (or an EXIF block's) first directory.</summary>
internal sealed class TiffDirectory
{
    private const int EntryLength = 12;
    private const int Short = 3;
    private const int Long = 4;

    private readonly Dictionary<TiffTag, Entry> _entries = [];
    private readonly bool _bigEndian;

    private TiffDirectory(bool bigEndian) => _bigEndian = bigEndian;

    /// <summary>Whether another picture follows.</summary>
    public bool HasNext { get; private set; }

    /// <summary>Reads the directory; every offset in it is checked against the bytes.</summary>
    /// <exception cref="InvalidDataException">The directory, or a value in it, lies outside the bytes.</exception>
    public static TiffDirectory Parse(ReadOnlySpan<byte> bytes)
    {
        var directory = new TiffDirectory(bytes[0] == 'M');
        var start = directory.ReadLong(bytes, 4);
        var count = directory.ReadShort(bytes, start);
        for (var i = 0; i < count; i++)
        {
            directory.ReadEntry(bytes, start + 2 + (i * EntryLength));
        }

        directory.HasNext = directory.ReadLong(bytes, start + 2 + (count * EntryLength)) != 0;
        return directory;
    }

    /// <summary>The tag's first value, or null when it is absent.</summary>
    public long? Value(TiffTag tag) => _entries.TryGetValue(tag, out var entry) ? entry.Values[0] : null;

    /// <summary>All of the tag's values; none when it is absent.</summary>
    public IReadOnlyList<long> Values(TiffTag tag) => _entries.TryGetValue(tag, out var entry) ? entry.Values : [];

    /// <summary>Puts another value where <paramref name="bytes"/> hold the tag's first; nothing when it is absent.</summary>
    public void Overwrite(byte[] bytes, TiffTag tag, ushort value)
    {
        if (!_entries.TryGetValue(tag, out var entry))
        {
            return;
        }

        var target = bytes.AsSpan((int)entry.ValueOffset, entry.Size);
        target.Clear();
        if (_bigEndian)
        {
            BinaryPrimitives.WriteUInt16BigEndian(target[^2..], value);
        }
        else
        {
            BinaryPrimitives.WriteUInt16LittleEndian(target, value);
        }
    }

    private void ReadEntry(ReadOnlySpan<byte> bytes, long offset)
    {
        var (tag, type, count) = (
            (TiffTag)ReadShort(bytes, offset),
            ReadShort(bytes, offset + 2),
            ReadLong(bytes, offset + 4)
        );
        if (!Enum.IsDefined(tag) || type is not (Short or Long) || count == 0)
        {
            return;
        }

        var size = type == Short ? 2 : 4;
        var valueOffset = count * size <= 4 ? offset + 8 : ReadLong(bytes, offset + 8);
        if (valueOffset + (count * size) > bytes.Length)
        {
            throw ImageHeader.CutOff("TIFF");
        }

        var values = new long[count];
        for (var i = 0; i < count; i++)
        {
            var at = valueOffset + (i * size);
            values[i] = type == Short ? ReadShort(bytes, at) : ReadLong(bytes, at);
        }

        _entries[tag] = new Entry(valueOffset, size, values);
    }

    private ushort ReadShort(ReadOnlySpan<byte> bytes, long offset)
    {
        var data = Part(bytes, offset, 2);
        return _bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(data) : BinaryPrimitives.ReadUInt16LittleEndian(data);
    }

    private uint ReadLong(ReadOnlySpan<byte> bytes, long offset)
    {
        var data = Part(bytes, offset, 4);
        return _bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(data) : BinaryPrimitives.ReadUInt32LittleEndian(data);
    }

    private static ReadOnlySpan<byte> Part(ReadOnlySpan<byte> bytes, long offset, int length) =>
        offset + length <= bytes.Length ? bytes.Slice((int)offset, length) : throw ImageHeader.CutOff("TIFF");

    private sealed record Entry(long ValueOffset, int Size, long[] Values);
}
