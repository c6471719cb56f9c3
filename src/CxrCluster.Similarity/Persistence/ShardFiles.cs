using CxrCluster.Similarity.Shards;

namespace CxrCluster.Similarity.Persistence;

/// <summary>A shard's folder: a snapshot and the log of what came after it.</summary>
internal sealed class ShardFiles : IDisposable
{
    public const string SnapshotName = "snapshot";
    private const string LogName = "log";
    private const string Unusable = ".unusable";

    private readonly string _folder;
    private readonly ShardIdentity _identity;
    private readonly VectorShardOptions _options;
    private ShardLog _log;
    private long _compactedAt;

    private ShardFiles(
        string folder,
        ShardIdentity identity,
        VectorShardOptions options,
        ShardLog log,
        ShardRecovery recovery
    )
    {
        (_folder, _identity, _options, _log, Recovery) = (folder, identity, options, log, recovery);
    }

    public ShardRecovery Recovery { get; }

    /// <summary>Whether reading the log would take long beside reading a snapshot.</summary>
    public bool ShouldCompact =>
        _log.Length > _compactedAt + _options.LogBytes && _log.Length - _compactedAt > SnapshotBytes / 2;

    /// <summary>Why the last compaction did not succeed; the log goes on, and the next try follows as many bytes later.</summary>
    public string? CompactionProblem { get; private set; }

    private string SnapshotPath => Path.Combine(_folder, SnapshotName);

    private string LogPath => Path.Combine(_folder, LogName);

    private long SnapshotBytes => File.Exists(SnapshotPath) ? new FileInfo(SnapshotPath).Length : 0;

    /// <summary>Reads both files; what cannot be used is renamed and reported.</summary>
    public static ShardFiles Open(
        string folder,
        ShardIdentity identity,
        VectorShardOptions options,
        Action<IReadOnlyList<ShardChange>> replay
    )
    {
        Directory.CreateDirectory(folder);
        var problems = new List<string>();
        (int fromSnapshot, int fromLog) = (0, 0);
        long sequence = 0;
        string snapshot = Path.Combine(folder, SnapshotName);
        if (File.Exists(snapshot))
            TryUse(
                snapshot,
                () =>
                {
                    using FileStream file = File.OpenRead(snapshot);
                    ShardSnapshot.Read(file, identity, snapshot, take: null);
                    file.Position = 0;
                    sequence = ShardSnapshot.Read(
                        file,
                        identity,
                        snapshot,
                        entries =>
                        {
                            replay(entries);
                            fromSnapshot += entries.Count;
                        }
                    );
                },
                problems
            );
        string path = Path.Combine(folder, LogName);
        ShardLog? log = null;
        void OpenLog() =>
            log = ShardLog.Open(
                path,
                identity,
                sequence,
                changes =>
                {
                    replay(changes);
                    fromLog += changes.Count;
                }
            );
        TryUse(path, OpenLog, problems);
        if (log is null)
            OpenLog(); // the unusable one is out of the way
        return new ShardFiles(folder, identity, options, log!, new(fromSnapshot, fromLog, log!.BytesCut, problems));
    }

    public void Append(IReadOnlyList<ShardChange> changes) => _log.Append(changes);

    /// <summary>
    /// Puts a new snapshot in the place of the old one and begins a new log. A crash in between leaves the new snapshot with
    /// the old log, whose records it includes: their numbers say so.
    /// </summary>
    /// <exception cref="IOException">The disk is full or gone: the log goes on.</exception>
    public void Compact(IEnumerable<ShardEntry> entries)
    {
        try
        {
            WriteSnapshot(entries);
            // the new log is whole before the old one goes: if there is no room for it, the old one goes on
            string next = LogPath + ".tmp";
            File.Delete(next);
            ShardLog log = ShardLog.Open(next, _identity, _log.Sequence, _ => { });
            File.Move(next, LogPath, overwrite: true);
            _log.Dispose();
            _log = log;
            (_compactedAt, CompactionProblem) = (0, null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            (_compactedAt, CompactionProblem) = (_log.Length, exception.Message);
            throw;
        }
    }

    private void WriteSnapshot(IEnumerable<ShardEntry> entries)
    {
        string temporary = SnapshotPath + ".tmp";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20))
        {
            ShardSnapshot.Write(file, _identity, _log.Sequence, entries);
            file.Flush(flushToDisk: true);
        }
        File.Move(temporary, SnapshotPath, overwrite: true);
    }

    public Stream? OpenSnapshot() =>
        File.Exists(SnapshotPath)
            ? new FileStream(SnapshotPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)
            : null;

    public void Dispose() => _log.Dispose();

    private static void TryUse(string path, Action use, List<string> problems)
    {
        try
        {
            use();
        }
        catch (InvalidShardFileException exception)
        {
            File.Move(path, path + Unusable, overwrite: true);
            problems.Add(exception.Message);
        }
    }
}
