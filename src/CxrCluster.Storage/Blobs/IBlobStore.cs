namespace CxrCluster.Storage.Blobs;

/// <summary>
/// Images, model bundles, checkpoints: bytes under keys such as "images/haemek/3f...". Keys are lower-case path segments
/// joined by "/"; a key that leaves the store ("..", a leading "/") is refused with an ArgumentException. No key is the folder
/// of another. What cannot be reached is told by a <see cref="Contracts.Faults.StorageUnavailableException"/>.
/// </summary>
public interface IBlobStore
{
    /// <summary>Stores the bytes if the key is free. A reader never sees a part of a blob.</summary>
    /// <returns>False when the key was taken; nothing is written then (content-addressed keys hold the same bytes).</returns>
    Task<bool> PutIfAbsentAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Stores the bytes, replacing what was there.</summary>
    Task PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>The whole blob; null when there is none.</summary>
    Task<byte[]?> GetAsync(string key, CancellationToken cancellationToken);

    /// <summary>Copies the blob into a stream; false when there is none. For what is too large for memory.</summary>
    Task<bool> DownloadAsync(string key, Stream destination, CancellationToken cancellationToken);

    /// <summary>Uploads a stream, replacing what was there.</summary>
    Task UploadAsync(string key, Stream source, CancellationToken cancellationToken);

    /// <summary>Whether there is such a blob.</summary>
    Task<bool> ExistsAsync(string key, CancellationToken cancellationToken);

    /// <summary>Keys that start with the prefix, ordinal order.</summary>
    IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Removes the blob; no error when there is none.</summary>
    Task DeleteAsync(string key, CancellationToken cancellationToken);

    /// <summary>Throws with a sentence when the store cannot be written and read; for readiness and the doctor.</summary>
    Task CheckAsync(CancellationToken cancellationToken);
}
