using CxrCluster.Similarity.Shards;

namespace CxrCluster.Similarity.Persistence;

/// <summary>
/// The changes of a shard since its snapshot, in a file. A change is on the disk when <see cref="Append" /> returns. After a
/// crash the file may end in a part of a record; opening cuts it off, and nothing that was acknowledged is in it.
/// </summary>
internal sealed class ShardLog : IDisposable
{
    private readonly Stream _file;
    private readonly Action _toDisk;
    private long _end;

    private ShardLog(Stream file, Action toDisk, long sequence)
    {
        (_file, _toDisk, Sequence) = (file, toDisk, sequence);
        _end = file.Position;
    }

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
        // no buffer: what a failed write leaves behind must be in the file, where it can be cut off, and nowhere else
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        return Open(file, () => file.Flush(flushToDisk: true), path, identity, snapshot, replay);
    }

    /// <summary>As the other, over any stream; the log owns it.</summary>
    /// <param name="toDisk">Returns when everything written is on the disk.</param>
    internal static ShardLog Open(
        Stream file,
        Action toDisk,
        string path,
        ShardIdentity identity,
        long snapshot,
        Action<IReadOnlyList<ShardChange>> replay
    )
    {
        try
        {
            byte[] header = RecordFile.Header(identity);
            // shorter than a header: it was being made when the process ended
            if (file.Length < header.Length)
            {
                file.SetLength(0);
                file.Write(header);
                toDisk();
                return new ShardLog(file, toDisk, snapshot);
            }
            RecordFile.CheckHeader(file, identity, path);
            (long sequence, long end) = Replay(file, identity, snapshot, replay, path);
            long cut = file.Length - end;
            file.SetLength(end);
            file.Position = end;
            return new ShardLog(file, toDisk, sequence) { BytesCut = cut };
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
        // what a failed append left must not stand between the last record and this one: reading would end there
        if (_file.Length > _end)
            _file.SetLength(_end);
        _file.Position = _end;
        _file.Write(RecordFile.Record(Sequence + 1, RecordCodec.Encode(changes)));
        _toDisk();
        Sequence++;
        _end = _file.Position;
    }

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();

    private static (long Sequence, long End) Replay(
        Stream file,
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
