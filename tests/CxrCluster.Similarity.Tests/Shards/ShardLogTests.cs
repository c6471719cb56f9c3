using CxrCluster.Similarity.Persistence;
using CxrCluster.Similarity.Shards;
using static CxrCluster.Similarity.Tests.Shards.ShardFolder;

namespace CxrCluster.Similarity.Tests.Shards;

public sealed class ShardLogTests
{
    /// <summary>The disk fills up at any byte of a record; later there is room again.</summary>
    [Fact]
    public void Append_DiskFullAtAnyByte_WhatIsAcknowledgedBeforeAndAfterIsRead()
    {
        int record = RecordFile.Record(1, RecordCodec.Encode(Puts(2))).Length;
        for (int room = 0; room < record; room++)
        {
            using var disk = new FullDisk();
            ShardLog log = ShardLog.Open(disk, () => { }, "log", Identity, 0, _ => { });
            log.Append(Puts(1));
            disk.Room = disk.Length + room;
            Assert.Throws<IOException>(() => log.Append(Puts(2)));
            disk.Room = long.MaxValue;
            log.Append(Puts(3));

            Assert.Equal(["2.25.1", "2.25.3"], Read(disk));
        }
    }

    [Fact]
    public void Append_DiskGoneWhenFlushing_TheRecordAfterItIsRead()
    {
        using var disk = new FullDisk();
        bool gone = false;
        ShardLog log = ShardLog.Open(
            disk,
            () =>
            {
                if (gone)
                    throw new IOException("gone");
            },
            "log",
            Identity,
            0,
            _ => { }
        );
        gone = true;
        Assert.Throws<IOException>(() => log.Append(Puts(1)));
        gone = false;
        log.Append(Puts(2));

        Assert.Equal(["2.25.2"], Read(disk));
    }

    private static List<string> Read(FullDisk disk)
    {
        var uids = new List<string>();
        using var copy = new MemoryStream();
        copy.Write(disk.ToArray());
        copy.Position = 0;
        using ShardLog again = ShardLog.Open(
            copy,
            () => { },
            "log",
            Identity,
            0,
            changes => uids.AddRange(changes.Select(change => change.Uid))
        );
        Assert.Equal(0, again.BytesCut);
        return uids;
    }

    /// <summary>Takes bytes up to its room, as a disk does, and then fails.</summary>
    private sealed class FullDisk : MemoryStream
    {
        public long Room { get; set; } = long.MaxValue;

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            int fits = (int)Math.Clamp(Room - Position, 0, buffer.Length);
            base.Write(buffer[..fits].ToArray(), 0, fits);
            if (fits < buffer.Length)
                throw new IOException("No space left on device");
        }
    }
}
