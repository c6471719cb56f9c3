using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CxrCluster.Learning.Data;

/// <summary>
/// The first 64 bytes of a file of squares: magic (8), version (4), side (4), images (4), zeros (4), length of the index
/// (8), SHA-256 (32) of the file without it: the header's first 32 bytes stand last in what is hashed, because they are known last.
/// </summary>
internal sealed record SquaresHeader(int Side, int Images, long IndexLength)
{
    public const int Length = 64;
    public const int Version = 1;
    private const int HashedLength = 32;
    private const int MaxSide = 8192;

    private static ReadOnlySpan<byte> Magic => "CXRSQUAR"u8;

    public long PlaneLength => (long)Side * Side;

    public long IndexStart => Length + 2 * PlaneLength * Images;

    public long FileLength => IndexStart + IndexLength;

    /// <summary>The header's bytes, once <paramref name="hash"/> has seen everything behind it.</summary>
    public byte[] ToBytes(IncrementalHash hash)
    {
        var bytes = new byte[Length];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), Version);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), Side);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), Images);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(24), IndexLength);
        hash.AppendData(bytes, 0, HashedLength);
        hash.GetHashAndReset(bytes.AsSpan(HashedLength));
        return bytes;
    }

    /// <summary>Reads the header and compares the hash of the whole file.</summary>
    /// <returns>The header and the hash, hexadecimal.</returns>
    /// <exception cref="FormatException">What is wrong, as a clause.</exception>
    public static (SquaresHeader Header, string Hash) ReadAndVerify(Stream file, CancellationToken ct)
    {
        var bytes = new byte[Length];
        if (file.ReadAtLeast(bytes, Length, throwOnEndOfStream: false) < Length || !bytes.AsSpan().StartsWith(Magic))
        {
            throw new FormatException("it is no file of squares");
        }

        var version = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(8));
        if (version != Version)
        {
            throw new FormatException($"it has version {version}, this program reads version {Version}");
        }

        var header = new SquaresHeader(
            BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(12)),
            BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(16)),
            BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(24))
        );
        if (
            header.Side is < 1 or > MaxSide
            || header.Images < 0
            || header.IndexLength is < 0 or > int.MaxValue
            || header.FileLength != file.Length
        )
        {
            throw new FormatException("its length is not what its header says: it is cut off or damaged");
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        for (int read; (read = file.Read(buffer)) > 0; )
        {
            ct.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
        }

        hash.AppendData(bytes, 0, HashedLength);
        var actual = hash.GetHashAndReset();
        return actual.AsSpan().SequenceEqual(bytes.AsSpan(HashedLength))
            ? (header, Convert.ToHexStringLower(actual))
            : throw new FormatException("its content is not what its hash says: it is damaged");
    }
}
