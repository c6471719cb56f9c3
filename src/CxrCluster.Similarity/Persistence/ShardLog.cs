using CxrCluster.Similarity.Shards;

namespace CxrCluster.Similarity.Persistence;

/// <summary>
/// The changes of a shard since its snapshot, in a file. A change is on the disk when <see cref="Append" /> returns. After a
/// crash the file may end in a part of a record; opening cuts it off, and nothing that was acknowledged is in it.
/// </summary>
internal sealed class ShardLog : IDisposable
{
    private readonly FileStream _file;

    private ShardLog(FileStream file, long sequence) => (_file, Sequence) = (file, sequence);

    /// <summary>Number of the last record.</summary>
    public long Sequence { get; private set; }

    /// <summary>Bytes in the file.</summary>
    public long Length => _file.Length;

    /// <summary>Bytes that were cut off when it was opened: a record that was never acknowledged, or damage.</summary>
    public long BytesCut { get; private init; }

    /// <summary>Opens or makes the log of a shard whose snapshot ends with a sequence number.</summary>
    /// <param name="replay">Told of the records after the snapshot, in order.</param>
    /// <exception cref="InvalidShardFileException">The file is another shard's, newer, or does not continue the snapshot.</exception>
    public static ShardLog Open(
        string path,
        ShardIdentity identity,
        long snapshot,
        Action<IReadOnlyList<ShardChange>> replay
    )
    {
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, 1 << 20);
        try
        {
            byte[] header = RecordFile.Header(identity);
            // shorter than a header: it was being made when the process ended
            if (file.Length < header.Length)
            {
                file.SetLength(0);
                file.Write(header);
                file.Flush(flushToDisk: true);
                return new ShardLog(file, snapshot);
            }
            RecordFile.CheckHeader(file, identity, path);
            (long sequence, long end) = Replay(file, identity, snapshot, replay, path);
            long cut = file.Length - end;
            file.SetLength(end);
            file.Position = end;
            return new ShardLog(file, sequence) { BytesCut = cut };
        }
        catch (Exception exception)
        {
            file.Dispose();
            if (exception is InvalidDataException)
                throw new InvalidShardFileException(
                    $"{path} holds no changes ({exception.Message}); the shard is rebuilt.",
                    exception
                );
            throw;
        }
    }

    /// <summary>Writes one record and waits until it is on the disk.</summary>
    /// <exception cref="IOException">The disk is full or gone: the changes are not in the log.</exception>
    public void Append(IReadOnlyList<ShardChange> changes)
    {
        long end = _file.Position;
        try
        {
            _file.Write(RecordFile.Record(Sequence + 1, RecordCodec.Encode(changes)));
            _file.Flush(flushToDisk: true);
            Sequence++;
        }
        catch (IOException)
        {
            // what was written of it must not stand between this and the next record
            _file.SetLength(end);
            _file.Position = end;
            throw;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();

    private static (long Sequence, long End) Replay(
        FileStream file,
        ShardIdentity identity,
        long snapshot,
        Action<IReadOnlyList<ShardChange>> replay,
        string path
    )
    {
        long last = snapshot;
        long? previous = null;
        long end = file.Position;
        while (RecordFile.Read(file) is { } record)
        {
            if (previous is null && record.Sequence > snapshot + 1)
                throw new InvalidShardFileException(
                    $"{path} begins with change {record.Sequence}, but the snapshot ends with {snapshot}: the shard is rebuilt."
                );
            if (previous is { } before && record.Sequence != before + 1)
                break; // whole, but not the next: left from an earlier life of the file
            previous = record.Sequence;
            end = file.Position;
            if (record.Sequence <= snapshot)
                continue;
            replay(RecordCodec.Decode(record.Payload, identity.Dimension));
            last = record.Sequence;
        }
        return (last, end);
    }
}
