using CxrCluster.Learning.Training;

namespace CxrCluster.Learning.Tests.Training.Checkpoints;

/// <summary>Checkpoints in memory, all of them; the disk can be full.</summary>
internal sealed class MemoryCheckpoints : ICheckpointStore
{
    private readonly SortedDictionary<int, byte[]> _all = [];

    /// <summary>From this epoch on, a checkpoint breaks off after a few bytes.</summary>
    public int FullFrom { get; set; } = int.MaxValue;

    public IReadOnlyCollection<int> Epochs => _all.Keys;

    public Stream? OpenLatest() => _all.Count == 0 ? null : new MemoryStream(_all[_all.Keys.Last()], writable: false);

    public void Save(int epoch, Action<Stream> write)
    {
        using var stream = epoch >= FullFrom ? new FullStream() : new MemoryStream();
        write(stream);
        _all[epoch] = stream.ToArray();
    }

    public void Clear() => _all.Clear();

    /// <summary>Forgets the epochs after one, as if the process had been killed then.</summary>
    public void CutAfter(int epoch)
    {
        foreach (var later in _all.Keys.Where(e => e > epoch).ToList())
        {
            _all.Remove(later);
        }
    }

    private sealed class FullStream : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (Length + buffer.Length > 1_000_000)
            {
                throw new IOException("No space left on device");
            }

            base.Write(buffer);
        }
    }
}
