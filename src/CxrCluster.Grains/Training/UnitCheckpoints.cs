using CxrCluster.Contracts.Training;
using CxrCluster.Learning.Training;
using CxrCluster.Storage.Blobs;

namespace CxrCluster.Grains.Training;

/// <summary>
/// A run's checkpoints in the blob store. Every lease writes under keys of its own and the row names the one that counts:
/// a slot that was given up may go on writing and harms nobody, and a half-written checkpoint is never one.
/// </summary>
/// <param name="blobs">Where they lie.</param>
/// <param name="folder">For the copy under way; large networks have checkpoints of gigabytes.</param>
public sealed class UnitCheckpoints(IBlobStore blobs, string folder) : ICheckpointStore
{
    private TrainingUnit? _unit;

    /// <summary>Key of what was saved during the unit; null when nothing was.</summary>
    public string? Saved { get; private set; }

    /// <summary>From now on it serves this unit.</summary>
    public void Serve(TrainingUnit unit) => (_unit, Saved) = (unit, null);

    /// <inheritdoc />
    public Stream? OpenLatest()
    {
        if (_unit?.Checkpoint is not { } key)
            return null;
        FileStream copy = OpenCopy();
        try
        {
            if (!blobs.DownloadAsync(key, copy, CancellationToken.None).GetAwaiter().GetResult())
                throw new HopelessRunException(
                    $"The checkpoint {key} is not in the blob store. Somebody has deleted it: cancel the sweep and start it again."
                );
            copy.Position = 0;
            return copy;
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public void Save(int epoch, Action<Stream> write)
    {
        if (epoch == _unit!.Spec.Epochs)
            return; // its predictions follow at once, and they are what is kept of it
        string key = BlobKeys.Checkpoint(_unit.Id, epoch);
        using FileStream copy = OpenCopy();
        write(copy);
        copy.Position = 0;
        blobs.UploadAsync(key, copy, CancellationToken.None).GetAwaiter().GetResult();
        Saved = key;
    }

    /// <inheritdoc />
    /// <remarks>The coordinator deletes what no row names any more.</remarks>
    public void Clear() => Saved = null;

    private FileStream OpenCopy()
    {
        Directory.CreateDirectory(folder);
        return new FileStream(
            Path.Combine(folder, $"{Guid.NewGuid():N}.checkpoint"),
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.None,
            1 << 20,
            FileOptions.DeleteOnClose
        );
    }
}
