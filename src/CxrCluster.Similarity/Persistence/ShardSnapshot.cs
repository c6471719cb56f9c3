using System.Buffers.Binary;
using CxrCluster.Similarity.Shards;

namespace CxrCluster.Similarity.Persistence;

/// <summary>All entries of a shard at one moment, as a stream of records and a last one with their number.</summary>
internal static class ShardSnapshot
{
    private const int EntriesPerRecord = 2048;
    private const long EndMark = -1;

    /// <summary>Writes the entries.</summary>
    /// <param name="sequence">The last change that they include.</param>
    public static void Write(Stream stream, ShardIdentity identity, long sequence, IEnumerable<ShardEntry> entries)
    {
        stream.Write(RecordFile.Header(identity));
        long count = 0;
        foreach (ShardEntry[] chunk in entries.Chunk(EntriesPerRecord))
        {
            stream.Write(RecordFile.Record(sequence, RecordCodec.Encode([.. chunk.Select(ShardChange.Put)])));
            count += chunk.Length;
        }
        var end = new byte[2 * sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(end, count);
        BinaryPrimitives.WriteInt64LittleEndian(end.AsSpan(sizeof(long)), sequence);
        stream.Write(RecordFile.Record(EndMark, end));
    }

    /// <summary>Reads the entries, a record at a time.</summary>
    /// <param name="take">Told of them; null only checks the whole, so that nothing of a damaged snapshot is taken.</param>
    /// <returns>The last change that they include.</returns>
    /// <exception cref="InvalidShardFileException">The snapshot is damaged, cut short, newer, or another shard's.</exception>
    public static long Read(
        Stream stream,
        ShardIdentity identity,
        string name,
        Action<IReadOnlyList<ShardChange>>? take
    )
    {
        RecordFile.CheckHeader(stream, identity, name);
        long count = 0;
        try
        {
            while (RecordFile.Read(stream) is { } record)
            {
                if (record.Sequence == EndMark)
                    return BinaryPrimitives.ReadInt64LittleEndian(record.Payload) == count
                        ? BinaryPrimitives.ReadInt64LittleEndian(record.Payload.AsSpan(sizeof(long)))
                        : throw new InvalidDataException("entries are missing");
                count += RecordCodec.Count(record.Payload);
                take?.Invoke(RecordCodec.Decode(record.Payload, identity.Dimension));
            }
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidShardFileException(
                $"{name} cannot be used ({exception.Message}); the shard is rebuilt.",
                exception
            );
        }
        throw new InvalidShardFileException(
            $"{name} is damaged or cut short after {count} entries; it is ignored and the shard is rebuilt."
        );
    }
}
