using CxrCluster.Contracts.Faults;

namespace CxrCluster.Storage.Blobs;

/// <summary>Writes, reads and removes a blob.</summary>
internal static class BlobProbe
{
    public static async Task RunAsync(IBlobStore store, CancellationToken cancellationToken)
    {
        string key = $"probe/{Guid.NewGuid():N}";
        byte[] content = "readable"u8.ToArray();
        await store.PutAsync(key, content, cancellationToken);
        byte[]? found = await store.GetAsync(key, cancellationToken);
        await store.DeleteAsync(key, cancellationToken);
        if (found is null || !found.AsSpan().SequenceEqual(content))
            throw new StorageUnavailableException(
                $"The blob store took {key} but did not give it back. Check that nothing else cleans or mirrors it."
            );
    }
}
