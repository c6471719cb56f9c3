using System.Runtime.CompilerServices;
using CxrCluster.Contracts.Faults;

namespace CxrCluster.Storage.Blobs;

/// <summary>
/// Blobs as files below a folder. A blob is written under another name, synced, then given its name in one step: readers see
/// all of it or nothing, and what the catalogue refers to survives a power failure. Writers that die leave a file in
/// ".incoming", which no key can name; it is swept a day later. A key cannot be the folder of another key.
/// </summary>
internal sealed class FolderBlobStore : IBlobStore
{
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromDays(1);

    private readonly string _root;
    private readonly Lazy<string> _incoming;

    public FolderBlobStore(string folder, TimeProvider time)
    {
        _root = Path.GetFullPath(folder);
        _incoming = new(() => PrepareIncoming(time), LazyThreadSafetyMode.PublicationOnly); // a failure is not kept
    }

    /// <inheritdoc />
    public Task<bool> PutIfAbsentAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        StoreAsync(
            key,
            file => file.WriteAsync(content, cancellationToken).AsTask(),
            HardLink.TryCreate,
            cancellationToken
        );

    /// <inheritdoc />
    public Task PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        StoreAsync(key, file => file.WriteAsync(content, cancellationToken).AsTask(), Replace, cancellationToken);

    /// <inheritdoc />
    public Task UploadAsync(string key, Stream source, CancellationToken cancellationToken) =>
        StoreAsync(key, file => source.CopyToAsync(file, cancellationToken), Replace, cancellationToken);

    /// <inheritdoc />
    public async Task<byte[]?> GetAsync(string key, CancellationToken cancellationToken)
    {
        byte[]? content = null;
        await ReadAsync(
            key,
            async file =>
            {
                content = new byte[file.Length];
                await file.ReadExactlyAsync(content, cancellationToken);
            },
            cancellationToken
        );
        return content;
    }

    /// <inheritdoc />
    public Task<bool> DownloadAsync(string key, Stream destination, CancellationToken cancellationToken) =>
        ReadAsync(key, file => file.CopyToAsync(destination, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task<bool> ExistsAsync(string key, CancellationToken cancellationToken)
    {
        string path = PathOf(key);
        return RunAsync(() => Task.FromResult(File.Exists(path)), cancellationToken);
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<string> ListAsync(
        string prefix,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        BlobKey.CheckedPrefix(prefix);
        string start = Path.Combine(_root, prefix[..(prefix.LastIndexOf('/') + 1)]);
        foreach (string key in await RunAsync(() => Task.FromResult(KeysBelow(start, prefix)), cancellationToken))
            yield return key;
    }

    /// <inheritdoc />
    public Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        string path = PathOf(key);
        return RunAsync(
            () =>
            {
                if (File.Exists(path))
                    File.Delete(path);
                return Task.FromResult(true);
            },
            cancellationToken
        );
    }

    /// <inheritdoc />
    public Task CheckAsync(CancellationToken cancellationToken) => BlobProbe.RunAsync(this, cancellationToken);

    private string PathOf(string key) => Path.Combine(_root, BlobKey.Checked(key));

    private Task<bool> StoreAsync(
        string key,
        Func<FileStream, Task> write,
        Func<string, string, bool> giveName,
        CancellationToken cancellationToken
    )
    {
        string path = PathOf(key);
        return RunAsync(
            async () =>
            {
                string staged = Path.Combine(_incoming.Value, Guid.NewGuid().ToString("N"));
                try
                {
                    await using (FileStream file = new(staged, FileMode.CreateNew, FileAccess.Write, FileShare.None))
                    {
                        await write(file);
                        file.Flush(flushToDisk: true);
                    }
                    Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                    return giveName(staged, path);
                }
                finally
                {
                    File.Delete(staged); // no error when it is gone
                }
            },
            cancellationToken
        );
    }

    private Task<bool> ReadAsync(string key, Func<FileStream, Task> read, CancellationToken cancellationToken)
    {
        string path = PathOf(key);
        return RunAsync(
            async () =>
            {
                try
                {
                    await using FileStream file = File.OpenRead(path);
                    await read(file);
                    return true;
                }
                catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
                {
                    return false;
                }
            },
            cancellationToken
        );
    }

    /// <summary>Off the caller's scheduler: opening, syncing and listing block their thread.</summary>
    private Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken) =>
        Task.Run(
            async () =>
            {
                try
                {
                    return await work();
                }
                catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
                {
                    throw new StorageUnavailableException(
                        $"The blob store (folder {_root}) cannot be used: {exception.Message} Check that the folder is "
                            + "writable and the disk is not full, or name another folder.",
                        exception
                    );
                }
            },
            cancellationToken
        );

    private List<string> KeysBelow(string start, string prefix)
    {
        if (!Directory.Exists(start))
            return [];
        return
        [
            .. Directory
                .EnumerateFiles(start, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(_root, path).Replace(Path.DirectorySeparatorChar, '/'))
                .Where(key => key.StartsWith(prefix, StringComparison.Ordinal) && BlobKey.IsValid(key))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static bool Replace(string staged, string path)
    {
        File.Move(staged, path, overwrite: true);
        return true;
    }

    private string PrepareIncoming(TimeProvider time)
    {
        DirectoryInfo incoming = Directory.CreateDirectory(Path.Combine(_root, ".incoming"));
        foreach (FileInfo file in incoming.EnumerateFiles())
            if (time.GetUtcNow().UtcDateTime - file.LastWriteTimeUtc > AbandonedAfter)
                file.Delete();
        return incoming.FullName;
    }
}
