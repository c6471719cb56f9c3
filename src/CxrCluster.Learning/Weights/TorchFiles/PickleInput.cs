using System.Buffers.Binary;
using System.Text;

namespace CxrCluster.Learning.Weights.TorchFiles;

/// <summary>The bytes of one pickle, counted so that none takes more than it may.</summary>
internal sealed class PickleInput(Stream stream)
{
    // ResNet-152's takes 0.2 MB
    private const int MaxBytes = 16 << 20;
    private const int MaxText = 4096;

    private static readonly Encoding StrictUtf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);
    private int _left = MaxBytes;

    public byte Byte() => Take(stackalloc byte[1])[0];

    public int UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(stackalloc byte[2]));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(stackalloc byte[4]));

    public double Double() => BinaryPrimitives.ReadDoubleBigEndian(Take(stackalloc byte[8]));

    /// <summary>A two's complement number of at most eight bytes.</summary>
    public long Long(int length)
    {
        if (length > sizeof(long))
            throw new FormatException($"a number takes {length} bytes");
        long value = 0;
        for (int i = 0; i < length; i++)
            value |= (long)Byte() << (8 * i);
        int unused = 64 - (8 * length);
        return length == 0 ? 0 : value << unused >> unused;
    }

    /// <summary>UTF-8 of a given length in bytes.</summary>
    public string Text(int length)
    {
        if (length is < 0 or > MaxText)
            throw new FormatException($"a text claims {(uint)length} bytes");
        return Decode(Take(new byte[length]));
    }

    /// <summary>A line's text, without its end.</summary>
    public string Line()
    {
        List<byte> line = [];
        for (byte next = Byte(); next != '\n'; next = Byte())
            if (line.Count < MaxText)
                line.Add(next);
            else
                throw new FormatException($"a name has more than {MaxText} bytes");
        return Decode([.. line]);
    }

    private Span<byte> Take(Span<byte> into)
    {
        _left -= into.Length;
        if (_left < 0)
            throw new FormatException($"its description takes more than {MaxBytes} bytes");
        if (stream.ReadAtLeast(into, into.Length, throwOnEndOfStream: false) < into.Length)
            throw new FormatException("it ends in the middle");
        return into;
    }

    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException error)
        {
            throw new FormatException("a text in it is not UTF-8", error);
        }
    }
}
