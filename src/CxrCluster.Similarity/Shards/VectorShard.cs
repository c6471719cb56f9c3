using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using CxrCluster.Similarity.Persistence;

namespace CxrCluster.Similarity.Shards;

/// <summary>
/// Cases of one hospital under one model, searchable and durable: a change is in memory and in the log on the disk when its
/// append ends. Appends that wait at the same time share one write. Searches run beside appends.
/// </summary>
public sealed class VectorShard : IAsyncDisposable
{
    /// <summary>Name of the snapshot in the shard's folder; a copy of it that is there before the shard is opened is read.</summary>
    public const string SnapshotFile = ShardFiles.SnapshotName;

    private readonly EmbeddingIndex<ShardCase> _index;
    private readonly ShardFiles _files;
    private readonly Channel<Pending> _queue;
    private readonly Task _writing;

    private VectorShard(EmbeddingIndex<ShardCase> index, ShardFiles files, VectorShardOptions options)
    {
        (_index, _files) = (index, files);
        _queue = Channel.CreateBounded<Pending>(options.QueueCapacity);
        _writing = Task.Run(WriteAllAsync);
    }

    /// <summary>What was found on the disk.</summary>
    public ShardRecovery Recovery => _files.Recovery;

    /// <summary>Why the log could not be turned into a snapshot when it should have been; null when all is well.</summary>
    public string? CompactionProblem => _files.CompactionProblem;

    /// <summary>Memory of vectors and codes.</summary>
    public long VectorBytes => _index.VectorBytes;

    /// <summary>How many cases it holds.</summary>
    public int Count => _index.Count;

    /// <summary>The case of a UID, or null.</summary>
    public ShardEntry? Find(string uid) =>
        _index.Find(
            new ShardCase
            {
                Uid = uid,
                Content = 0,
                Name = "",
                Probability = 0,
            }
        )
            is { } row
            ? new ShardEntry(row.Id, row.Vector)
            : null;

    /// <summary>All cases at one moment.</summary>
    public IEnumerable<ShardEntry> Entries() => _index.Rows().Select(row => new ShardEntry(row.Id, row.Vector));

    /// <summary>Opens a shard's folder, or makes it. Files that cannot be used are set aside and reported.</summary>
    /// <param name="folder">Its own folder.</param>
    /// <param name="identity">What must be in it.</param>
    /// <param name="options">Valid options.</param>
    /// <exception cref="ArgumentException">The options are out of range.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static VectorShard Open(string folder, ShardIdentity identity, VectorShardOptions options)
    {
        if (options.Validate().FirstOrDefault() is { } problem)
            throw new ArgumentException(problem, nameof(options));
        var index = new EmbeddingIndex<ShardCase>(identity.Dimension);
        var files = ShardFiles.Open(folder, identity, options, changes => Apply(index, changes));
        return new VectorShard(index, files, options);
    }

    /// <summary>Adds, replaces and removes; ends when the changes are on the disk and searches see them.</summary>
    /// <exception cref="ArgumentException">A vector of another length or with a component that is no finite number: nothing
    /// of this append was written.</exception>
    /// <exception cref="IOException">The disk is full or gone: nothing of this append was written.</exception>
    public async Task AppendAsync(IReadOnlyList<ShardChange> changes, CancellationToken cancellationToken)
    {
        foreach (ShardChange change in changes)
            if (change.Entry is { } entry)
                _index.Check(entry.Vector, $"The vector of {entry.Case}");
        var pending = new Pending(changes);
        await _queue.Writer.WriteAsync(pending, cancellationToken);
        await pending.Done.Task.WaitAsync(cancellationToken);
    }

    /// <summary>The k nearest cases that pass the filter; see <see cref="EmbeddingIndex{TId}" />.</summary>
    public IReadOnlyList<(ShardCase Case, double Distance)> Search(
        ReadOnlySpan<float> query,
        int k,
        CaseFilter? filter = null,
        int threads = 1
    ) => _index.Search(query, k, filter is null ? null : filter.Matches, threads);

    /// <summary>Hashes of different patients among the cases that pass the filter, at most so many; cases of unknown patients
    /// do not count.</summary>
    public IReadOnlyList<long> PatientHashes(CaseFilter filter, int most)
    {
        var patients = new HashSet<long>();
        foreach (ShardCase candidate in _index.Ids())
            if (
                candidate.PatientId is { } patient
                && filter.Matches(candidate)
                && patients.Add((long)XxHash3.HashToUInt64(MemoryMarshal.AsBytes(patient.AsSpan())))
                && patients.Count == most
            )
                break;
        return [.. patients];
    }

    /// <summary>Writes a snapshot now and empties the log.</summary>
    public async Task CompactAsync(CancellationToken cancellationToken)
    {
        var pending = new Pending([]) { Compact = true };
        await _queue.Writer.WriteAsync(pending, cancellationToken);
        await pending.Done.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Opens the last snapshot, to copy it elsewhere; null before the first.</summary>
    public Stream? OpenSnapshot() => _files.OpenSnapshot();

    /// <summary>Ends after the appends that wait.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _writing;
        _files.Dispose();
    }

    private static void Apply(EmbeddingIndex<ShardCase> index, IReadOnlyList<ShardChange> changes)
    {
        // in order: runs of additions at once, removals one by one
        var additions = new List<(ShardCase, float[])>();
        foreach (ShardChange change in changes)
            if (change.Entry is { } entry)
                additions.Add((entry.Case, entry.Vector));
            else
            {
                index.Upsert(additions);
                additions.Clear();
                index.Remove(
                    new ShardCase
                    {
                        Uid = change.Uid,
                        Content = 0,
                        Name = "",
                        Probability = 0,
                    }
                );
            }
        index.Upsert(additions);
    }

    private async Task WriteAllAsync()
    {
        var batch = new List<Pending>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (_queue.Reader.TryRead(out Pending? pending))
                batch.Add(pending);
            try
            {
                List<ShardChange> changes = [.. batch.SelectMany(pending => pending.Changes)];
                if (changes.Count > 0)
                {
                    _files.Append(changes);
                    Apply(_index, changes);
                }
                batch.FindAll(pending => !pending.Compact).ForEach(pending => pending.Done.TrySetResult());
                if (batch.Exists(pending => pending.Compact) || _files.ShouldCompact)
                    _files.Compact(Entries());
                batch.ForEach(pending => pending.Done.TrySetResult());
            }
            catch (Exception exception)
            {
                // of appends that are on the disk the end has been told already
                batch.ForEach(pending => pending.Done.TrySetException(exception));
            }
        }
    }

    private sealed record Pending(IReadOnlyList<ShardChange> Changes)
    {
        public bool Compact { get; init; }

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
