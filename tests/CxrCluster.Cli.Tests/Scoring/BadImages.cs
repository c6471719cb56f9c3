using System.Buffers.Binary;
using CxrCluster.Imaging;

namespace CxrCluster.Cli.Tests.Scoring;

/// <summary>Files that no image can be read from, each by what is wrong with it.</summary>
internal static class BadImages
{
    /// <summary>Writes them into a folder and returns their names.</summary>
    public static IReadOnlyList<string> Write(string folder)
    {
        byte[] good = TestImages.Png(0);
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["truncated.png"] = good[..(good.Length / 2)],
            ["empty.png"] = [],
            ["one-pixel.png"] = PngWriter.Encode(1, 1, [128]),
            ["zero-sized.png"] = WithSize(good, 0, 0),
            ["huge.png"] = WithSize(good, 30_000, 30_000),
            ["all-black.png"] = PngWriter.Encode(64, 64, new byte[64 * 64]),
            ["all-white.png"] = PngWriter.Encode(64, 64, [.. Enumerable.Repeat((byte)255, 64 * 64)]),
            ["text.png"] = "This is no picture."u8.ToArray(),
        };
        foreach ((string name, byte[] content) in files)
            File.WriteAllBytes(Path.Combine(folder, name), content);
        return [.. files.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>The PNG with another size in its header, and the checksum that goes with it.</summary>
    private static byte[] WithSize(byte[] png, uint width, uint height)
    {
        byte[] changed = [.. png];
        BinaryPrimitives.WriteUInt32BigEndian(changed.AsSpan(16), width);
        BinaryPrimitives.WriteUInt32BigEndian(changed.AsSpan(20), height);
        BinaryPrimitives.WriteUInt32BigEndian(changed.AsSpan(29), Crc(changed.AsSpan(12, 17)));
        return changed;
    }

    /// <summary>CRC-32 of PNG (ISO 3309), over a chunk's type and data.</summary>
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
        }
        return ~crc;
    }
}
