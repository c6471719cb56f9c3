namespace CxrCluster.Learning.Training;

/// <summary>
/// Where one training keeps its checkpoints. Synchronous, because the computing thread calls it between two steps.
/// </summary>
public interface ICheckpointStore
{
    /// <summary>The newest valid checkpoint, read from its beginning and disposed by the caller; null when there is none.</summary>
    Stream? OpenLatest();

    /// <summary>
    /// Keeps what <paramref name="write"/> writes as the checkpoint of an epoch: whole or not at all, and an earlier one
    /// stays valid until then.
    /// </summary>
    /// <exception cref="IOException">It could not be written, for example because the disk is full.</exception>
    void Save(int epoch, Action<Stream> write);

    /// <summary>Forgets all checkpoints.</summary>
    void Clear();
}
