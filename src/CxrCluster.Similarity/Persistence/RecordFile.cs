using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using CxrCluster.Similarity.Shards;

namespace CxrCluster.Similarity.Persistence;

/// <summary>
/// The common form of logs and snapshots: a header (magic, format, identity) and records (length, sequence number, hash of
/// both and of the payload, payload). Everything is covered by a hash, so that no damage is read as data.
/// </summary>
internal static class RecordFile
{
    /// <summary>The format written. Older ones are read, newer ones refused.</summary>
    public const int Format = 1;

    /// <summary>Bytes before a record's payload.</summary>
    public const int RecordHead = sizeof(int) + sizeof(long) + sizeof(ulong);

    /// <summary>No record is larger: a damaged length is not believed.</summary>
    public const int LargestRecord = 256 << 20;

    private static readonly byte[] Magic = "CXRSHARD"u8.ToArray();

    /// <summary>The header of a shard's file.</summary>
    /// <param name="format">The format that it says it has.</param>
    public static byte[] Header(ShardIdentity identity, int format = Format)
    {
        byte[] name = Encoding.UTF8.GetBytes(identity.Name);
        var header = new byte[Magic.Length + 3 * sizeof(int) + name.Length + sizeof(ulong)];
        Magic.CopyTo(header, 0);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), format);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), identity.Dimension);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), name.Length);
        name.CopyTo(header, 20);
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(^8), XxHash3.HashToUInt64(header.AsSpan(..^8)));
        return header;
    }

    /// <summary>Reads and checks the header.</summary>
    /// <exception cref="InvalidShardFileException">It is damaged, newer, or another shard's.</exception>
    public static void CheckHeader(Stream stream, ShardIdentity identity, string file)
    {
        byte[] expected = Header(identity);
        var found = new byte[expected.Length];
        int read = stream.ReadAtLeast(found, found.Length, throwOnEndOfStream: false);
        if (read < 12 || !found.AsSpan(0, Magic.Length).SequenceEqual(Magic))
            throw new InvalidShardFileException($"{file} is no shard file; it is ignored and the shard is rebuilt.");
        int format = BinaryPrimitives.ReadInt32LittleEndian(found.AsSpan(8));
        if (format > Format)
            throw new InvalidShardFileException(
                $"{file} has format {format}, this program reads up to {Format}: run the newer program, or let the shard be rebuilt."
            );
        if (!found.AsSpan().SequenceEqual(expected))
            throw new InvalidShardFileException(
                $"{file} is damaged or does not belong to {identity.Name} with {identity.Dimension} components; it is ignored and the shard is rebuilt."
            );
    }

    /// <summary>A record as it lies in a file.</summary>
    public static byte[] Record(long sequence, byte[] payload)
    {
        var record = new byte[RecordHead + payload.Length];
        BinaryPrimitives.WriteInt32LittleEndian(record, payload.Length);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(4), sequence);
        payload.CopyTo(record, RecordHead);
        BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(12), Hash(record));
        return record;
    }

    /// <summary>The next record, or null where no whole record follows: at the end, or where the file is damaged.</summary>
    public static (long Sequence, byte[] Payload)? Read(Stream stream)
    {
        var head = new byte[RecordHead];
        if (stream.ReadAtLeast(head, RecordHead, throwOnEndOfStream: false) < RecordHead)
            return null;
        int length = BinaryPrimitives.ReadInt32LittleEndian(head);
        if (length is < 0 or > LargestRecord)
            return null;
        var record = new byte[RecordHead + length];
        head.CopyTo(record, 0);
        if (stream.ReadAtLeast(record.AsSpan(RecordHead), length, throwOnEndOfStream: false) < length)
            return null;
        return BinaryPrimitives.ReadUInt64LittleEndian(head.AsSpan(12)) == Hash(record)
            ? (BinaryPrimitives.ReadInt64LittleEndian(head.AsSpan(4)), record[RecordHead..])
            : null;
    }

    /// <summary>Of length, sequence and payload.</summary>
    private static ulong Hash(byte[] record)
    {
        var hash = new XxHash3();
        hash.Append(record.AsSpan(0, 12));
        hash.Append(record.AsSpan(RecordHead));
        return hash.GetCurrentHashAsUInt64();
    }
}
