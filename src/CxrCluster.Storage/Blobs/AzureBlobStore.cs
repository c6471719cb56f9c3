using System.Runtime.CompilerServices;
using Azure;
using Azure.Core;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using CxrCluster.Contracts.Faults;

namespace CxrCluster.Storage.Blobs;

/// <summary>Blobs in a container of Azure Blob Storage. The container is made when the first blob is written.</summary>
internal sealed class AzureBlobStore : IBlobStore
{
    private readonly BlobContainerClient _container;
    private volatile bool _containerMade;

    public AzureBlobStore(string connectionString, string container)
    {
        var options = new BlobClientOptions();
        options.Retry.Mode = RetryMode.Exponential;
        options.Retry.MaxRetries = 3;
        options.Retry.Delay = TimeSpan.FromMilliseconds(200);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(2);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(30);
        _container = new BlobContainerClient(connectionString, container, options);
    }

    /// <inheritdoc />
    public Task<bool> PutIfAbsentAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var ifAbsent = new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } };
        return WriteAsync(
            key,
            async blob =>
            {
                try
                {
                    await blob.UploadAsync(BinaryData.FromBytes(content), ifAbsent, cancellationToken);
                    return true;
                }
                catch (RequestFailedException exception) when (IsTaken(exception))
                {
                    return false;
                }
            },
            cancellationToken
        );
    }

    /// <inheritdoc />
    public Task PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        WriteAsync(
            key,
            blob => blob.UploadAsync(BinaryData.FromBytes(content), overwrite: true, cancellationToken),
            cancellationToken
        );

    /// <inheritdoc />
    public Task UploadAsync(string key, Stream source, CancellationToken cancellationToken) =>
        WriteAsync(key, blob => blob.UploadAsync(source, overwrite: true, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task<byte[]?> GetAsync(string key, CancellationToken cancellationToken) =>
        ReadAsync(
            key,
            async blob => (await blob.DownloadContentAsync(cancellationToken)).Value.Content.ToArray(),
            whenAbsent: (byte[]?)null
        );

    /// <inheritdoc />
    public Task<bool> DownloadAsync(string key, Stream destination, CancellationToken cancellationToken) =>
        ReadAsync(
            key,
            async blob =>
            {
                await blob.DownloadToAsync(destination, cancellationToken);
                return true;
            },
            whenAbsent: false
        );

    /// <inheritdoc />
    public Task<bool> ExistsAsync(string key, CancellationToken cancellationToken) =>
        ReadAsync(key, async blob => (await blob.ExistsAsync(cancellationToken)).Value, whenAbsent: false);

    /// <inheritdoc />
    public async IAsyncEnumerable<string> ListAsync(
        string prefix,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        BlobKey.CheckedPrefix(prefix);
        await using IAsyncEnumerator<BlobItem> blobs = _container
            .GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        while (await AskAsync(async () => await blobs.MoveNextAsync(), whenAbsent: false))
            yield return blobs.Current.Name;
    }

    /// <inheritdoc />
    public Task DeleteAsync(string key, CancellationToken cancellationToken) =>
        ReadAsync(
            key,
            async blob => (await blob.DeleteIfExistsAsync(cancellationToken: cancellationToken)).Value,
            whenAbsent: false
        );

    /// <inheritdoc />
    public Task CheckAsync(CancellationToken cancellationToken) => BlobProbe.RunAsync(this, cancellationToken);

    private Task<T> WriteAsync<T>(string key, Func<BlobClient, Task<T>> write, CancellationToken cancellationToken)
    {
        BlobClient blob = _container.GetBlobClient(BlobKey.Checked(key));
        return AskAsync(async () =>
        {
            if (!_containerMade)
            {
                await _container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
                _containerMade = true;
            }
            return await write(blob);
        });
    }

    private Task<T> ReadAsync<T>(string key, Func<BlobClient, Task<T>> read, T whenAbsent)
    {
        BlobClient blob = _container.GetBlobClient(BlobKey.Checked(key));
        return AskAsync(() => read(blob), whenAbsent);
    }

    private async Task<T> AskAsync<T>(Func<Task<T>> ask, T whenAbsent)
    {
        try
        {
            return await AskAsync(ask);
        }
        catch (RequestFailedException exception)
            when (exception.ErrorCode == BlobErrorCode.BlobNotFound
                || exception.ErrorCode == BlobErrorCode.ContainerNotFound
            )
        {
            return whenAbsent;
        }
    }

    private async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception exception) when (AzureFaults.Explain(exception) is { } cause)
        {
            // Without its query the address has no signature in it.
            throw new StorageUnavailableException(
                $"The blob store (Azure Blob Storage at {_container.Uri.GetLeftPart(UriPartial.Path)}) cannot be used: "
                    + $"{cause}. Check that it runs and that the connection string has the right address, account and key.",
                exception
            );
        }
    }

    /// <summary>
    /// The service answers 409 to "If-None-Match: *", and 412 to other conditions; both mean that somebody was first. It may
    /// have been an earlier try of this very call whose answer was lost: the bytes are there all the same.
    /// </summary>
    private static bool IsTaken(RequestFailedException exception) =>
        exception.ErrorCode == BlobErrorCode.BlobAlreadyExists || exception.ErrorCode == BlobErrorCode.ConditionNotMet;
}
