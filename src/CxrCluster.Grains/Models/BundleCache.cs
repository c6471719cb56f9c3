using CxrCluster.Contracts.Faults;
using CxrCluster.Contracts.Identity;
using CxrCluster.Learning.Bundles;
using CxrCluster.Learning.Slots;
using CxrCluster.Storage.Blobs;

namespace CxrCluster.Grains.Models;

/// <summary>Brings bundles from the blob store to a local folder, once; the bundle's hash proves that they arrived whole.</summary>
public sealed class BundleCache(IBlobStore blobs, string folder) : IBundleSource, IDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);

    /// <inheritdoc />
    public async Task<ModelBundle> GetAsync(string model, CancellationToken cancellationToken)
    {
        ModelId id = ModelId.Parse(model);
        string home = Path.Combine(folder, id.Name, id.Version);
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            if (!Directory.Exists(home))
                await DownloadAsync(id, home, cancellationToken);
            return ModelBundle.Load(home);
        }
        catch (InvalidBundleException exception)
        {
            if (Directory.Exists(home))
                Directory.Delete(home, recursive: true); // a damaged copy is fetched again next time
            throw new ModelUnavailableException($"Model {id} is damaged: {exception.Message}", exception);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private async Task DownloadAsync(ModelId id, string home, CancellationToken cancellationToken)
    {
        string arriving = $"{home}.{Guid.NewGuid():N}";
        Directory.CreateDirectory(arriving);
        try
        {
            foreach (string file in ModelBundle.Files)
            {
                await using FileStream destination = File.Create(Path.Combine(arriving, file));
                if (!await blobs.DownloadAsync(BlobKeys.Model(id, file), destination, cancellationToken))
                    throw new ModelUnavailableException(
                        $"Model {id} has no {file} in the blob store. Send it again with 'cxr model push'."
                    );
            }
            Directory.Move(arriving, home);
        }
        finally
        {
            if (Directory.Exists(arriving))
                Directory.Delete(arriving, recursive: true);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _oneAtATime.Dispose();
}
