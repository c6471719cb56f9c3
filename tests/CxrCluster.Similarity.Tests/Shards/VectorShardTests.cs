using CxrCluster.Similarity.Shards;
using FsCheck;
using FsCheck.Fluent;
using static CxrCluster.Similarity.Tests.Shards.ShardFolder;

namespace CxrCluster.Similarity.Tests.Shards;

public sealed class VectorShardTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Reopen_AnyHistory_HoldsWhatWasAcknowledged() =>
        Prop.ForAll(
                // below 0: remove; above 0: put; 0: compact; 100: close and open again
                Gen.Choose(-12, 12).Select(n => n == 12 ? 100 : n).ListOf().ToArbitrary(),
                history => Plays(history).GetAwaiter().GetResult()
            )
            .QuickCheckThrowOnFailure();

    private static async Task<bool> Plays(IList<int> history)
    {
        using var folder = new ShardFolder();
        var model = new Dictionary<string, string>(StringComparer.Ordinal);
        var shard = folder.Open(logBytes: 2000);
        int step = 0;
        foreach (int operation in history)
            if (operation == 100)
            {
                await shard.DisposeAsync();
                shard = folder.Open(logBytes: 2000);
            }
            else if (operation == 0)
                await shard.CompactAsync(Ct);
            else if (operation < 0)
            {
                await shard.AppendAsync([ShardChange.Remove($"2.25.{-operation}")], Ct);
                model.Remove($"2.25.{-operation}");
            }
            else
            {
                ShardEntry entry = Entry(operation, first: ++step);
                await shard.AppendAsync([ShardChange.Put(entry)], Ct);
                model[entry.Case.Uid] = Text(entry);
            }
        string[] truth = [.. model.Values.Order(StringComparer.Ordinal)];
        bool before = Content(shard).SequenceEqual(truth);
        await shard.DisposeAsync();
        await using var again = folder.Open();
        return before && Content(again).SequenceEqual(truth) && again.Recovery.Problems.Count == 0;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Open_LogCutAnywhereInItsLastRecord_HoldsEverythingBefore(bool withSnapshot)
    {
        using var folder = new ShardFolder();
        string[] before;
        int start;
        await using (var shard = folder.Open())
        {
            await shard.AppendAsync(Puts(1, 2), Ct);
            if (withSnapshot)
                await shard.CompactAsync(Ct);
            await shard.AppendAsync(Puts(3), Ct);
            before = Content(shard);
            start = (int)new FileInfo(folder.Log).Length;
            await shard.AppendAsync([.. Puts(4, 5), ShardChange.Remove("2.25.1")], Ct);
        }
        byte[] whole = await File.ReadAllBytesAsync(folder.Log, Ct);
        for (int length = start; length < whole.Length; length++)
        {
            await File.WriteAllBytesAsync(folder.Log, whole[..length], Ct);
            await using (var cut = folder.Open())
            {
                Assert.Equal(before, Content(cut));
                Assert.Equal(length - start, cut.Recovery.BytesCut);
                Assert.Empty(cut.Recovery.Problems);
                await cut.AppendAsync(Puts(6), Ct);
            }
            await using var again = folder.Open();
            Assert.Equal(before.Length + 1, again.Count);
        }
    }

    [Fact]
    public async Task Open_AnyByteOfTheLastRecordDamaged_HoldsEverythingBefore()
    {
        using var folder = new ShardFolder();
        string[] before;
        int start;
        await using (var shard = folder.Open())
        {
            await shard.AppendAsync(Puts(1, 2, 3), Ct);
            before = Content(shard);
            start = (int)new FileInfo(folder.Log).Length;
            await shard.AppendAsync(Puts(4), Ct);
        }
        byte[] whole = await File.ReadAllBytesAsync(folder.Log, Ct);
        for (int at = start; at < whole.Length; at++)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 0x40;
            await File.WriteAllBytesAsync(folder.Log, damaged, Ct);
            await using var shard = folder.Open();
            Assert.Equal(before, Content(shard));
            Assert.Equal(whole.Length - start, shard.Recovery.BytesCut);
        }
    }

    [Fact]
    public async Task Open_AnyByteOfTheSnapshotDamaged_IsSetAsideAndReported()
    {
        using var folder = new ShardFolder();
        await using (var shard = folder.Open())
        {
            await shard.AppendAsync(Puts(1, 2, 3), Ct);
            await shard.CompactAsync(Ct);
        }
        byte[] whole = await File.ReadAllBytesAsync(folder.Snapshot, Ct);
        for (int at = 0; at < whole.Length; at++)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 0x40;
            await File.WriteAllBytesAsync(folder.Snapshot, damaged, Ct);
            await using var shard = folder.Open();
            Assert.Equal(0, shard.Count);
            Assert.Contains("snapshot", Assert.Single(shard.Recovery.Problems), StringComparison.Ordinal);
            Assert.False(File.Exists(folder.Snapshot));
        }
    }

    [Fact]
    public async Task Open_SnapshotCutShort_TakesNothingOfIt()
    {
        using var folder = new ShardFolder();
        await using (var shard = folder.Open())
        {
            await shard.AppendAsync([.. Enumerable.Range(0, 5000).Select(n => ShardChange.Put(Entry(n)))], Ct);
            await shard.CompactAsync(Ct);
        }
        byte[] whole = await File.ReadAllBytesAsync(folder.Snapshot, Ct);
        foreach (int length in new[] { 0, 11, 60, whole.Length / 2, whole.Length - 1 })
        {
            await File.WriteAllBytesAsync(folder.Snapshot, whole[..length], Ct);
            await using var shard = folder.Open();
            Assert.Equal(0, shard.Count);
            Assert.Single(shard.Recovery.Problems);
        }
    }

    [Fact]
    public async Task Open_SnapshotOfANewerFormat_SaysSo()
    {
        using var folder = new ShardFolder();
        byte[] header = Persistence.RecordFile.Header(Identity, format: 2);
        await File.WriteAllBytesAsync(folder.Snapshot, header, Ct);

        await using var shard = folder.Open();

        Assert.Contains(
            "has format 2, this program reads up to 1",
            Assert.Single(shard.Recovery.Problems),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Open_FilesOfAnotherShard_AreNotTaken()
    {
        using var folder = new ShardFolder();
        await using (var shard = folder.Open())
            await shard.AppendAsync(Puts(1), Ct);

        await using var other = folder.Open(identity: new ShardIdentity("carmel/cxr@0123/0", Dimension));

        Assert.Equal(0, other.Count);
        Assert.Contains("does not belong to carmel", Assert.Single(other.Recovery.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_CrashBetweenSnapshotAndNewLog_CountsNothingTwice()
    {
        using var folder = new ShardFolder();
        string[] truth;
        byte[] log;
        await using (var shard = folder.Open())
        {
            await shard.AppendAsync([.. Puts(1, 2), ShardChange.Remove("2.25.1")], Ct);
            await shard.AppendAsync(Puts(1), Ct);
            log = await File.ReadAllBytesAsync(folder.Log, Ct);
            await shard.CompactAsync(Ct);
            truth = Content(shard);
        }
        await File.WriteAllBytesAsync(folder.Log, log, Ct);

        await using var again = folder.Open();

        Assert.Equal(truth, Content(again));
        Assert.Equal((2, 0), (again.Recovery.FromSnapshot, again.Recovery.FromLog));
    }

    [Fact]
    public async Task Compact_NoNewLogCanBeMade_TheOldOneGoesOn()
    {
        using var folder = new ShardFolder();
        string[] truth;
        await using (var shard = folder.Open())
        {
            await shard.AppendAsync(Puts(1, 2), Ct);
            Directory.CreateDirectory(folder.Log + ".tmp"); // in the new log's place

            await Assert.ThrowsAnyAsync<Exception>(() => shard.CompactAsync(Ct));
            await shard.AppendAsync(Puts(3), Ct);

            Assert.NotNull(shard.CompactionProblem);
            truth = Content(shard);
        }
        await using var again = folder.Open();
        Assert.Equal(truth, Content(again));
        Assert.Equal(3, again.Count);
    }

    [Fact]
    public async Task Append_ManyAtOnce_AllAreKept()
    {
        using var folder = new ShardFolder();
        await using (var shard = folder.Open(logBytes: 20_000))
            await Task.WhenAll(
                Enumerable.Range(0, 40).Select(i => shard.AppendAsync(Puts([.. Enumerable.Range(i * 10, 10)]), Ct))
            );

        await using var again = folder.Open();
        Assert.Equal(400, again.Count);
    }

    [Fact]
    public async Task Append_NotFinite_WritesNothing()
    {
        using var folder = new ShardFolder();
        await using var shard = folder.Open();
        ShardEntry bad = Entry(2) with { Vector = [1, float.NaN, 0] };

        await Assert.ThrowsAsync<ArgumentException>(() => shard.AppendAsync([.. Puts(1), ShardChange.Put(bad)], Ct));

        Assert.Equal(0, shard.Count);
    }

    [Fact]
    public async Task Search_EveryFilter_EqualsPlainSelection()
    {
        using var folder = new ShardFolder();
        await using var shard = folder.Open();
        List<ShardEntry> all = [.. Enumerable.Range(0, 60).Select(n => Entry(n))];
        await shard.AppendAsync([.. all.Select(ShardChange.Put)], Ct);
        CaseFilter[] filters =
        [
            new() { From = DateTimeOffset.UnixEpoch.AddDays(10), Until = DateTimeOffset.UnixEpoch.AddDays(30) },
            new() { Label = 1 },
            new() { View = "ap" },
            new() { ExcludePatient = "p5", ExcludeUid = "2.25.7" },
            new() { Label = 0, View = "AP" },
        ];
        Func<ShardCase, bool>[] truths =
        [
            c =>
                c.TakenAt is { } at
                && at >= DateTimeOffset.UnixEpoch.AddDays(10)
                && at < DateTimeOffset.UnixEpoch.AddDays(30),
            c => c.Label == 1,
            c => c.View == "AP",
            c => c.PatientId != "p5" && c.Uid != "2.25.7",
            c => c.Label == 0 && c.View == "AP",
        ];
        foreach (var (filter, truth) in filters.Zip(truths))
            Assert.Equal(
                all.Where(e => truth(e.Case)).Select(e => e.Case.Uid).Order(StringComparer.Ordinal),
                shard.Search([0, 10, -10], 100, filter).Select(n => n.Case.Uid).Order(StringComparer.Ordinal)
            );
    }
}
