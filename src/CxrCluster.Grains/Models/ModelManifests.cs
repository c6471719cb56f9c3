using System.Collections.Concurrent;
using CxrCluster.Contracts.Faults;
using CxrCluster.Contracts.Identity;
using CxrCluster.Imaging.Preprocessing;
using CxrCluster.Learning.Bundles;
using CxrCluster.Storage.Blobs;

namespace CxrCluster.Grains.Models;

/// <summary>model.json of the bundles in the blob store, read once. A bundle's version is its content, so it never changes.</summary>
public sealed class ModelManifests(IBlobStore blobs)
{
    private readonly ConcurrentDictionary<ModelId, (ModelManifest Manifest, Preprocessor Preprocessor)> _known = new();

    /// <exception cref="ModelUnavailableException">It is missing or damaged.</exception>
    public async Task<ModelManifest> GetAsync(ModelId model, CancellationToken cancellationToken) =>
        (await ReadAsync(model, cancellationToken)).Manifest;

    /// <summary>The bundle's own preprocessing.</summary>
    /// <exception cref="ModelUnavailableException">It is missing or damaged.</exception>
    public async Task<Preprocessor> PreprocessorAsync(ModelId model, CancellationToken cancellationToken) =>
        (await ReadAsync(model, cancellationToken)).Preprocessor;

    private async Task<(ModelManifest Manifest, Preprocessor Preprocessor)> ReadAsync(
        ModelId model,
        CancellationToken cancellationToken
    )
    {
        if (_known.TryGetValue(model, out var known))
            return known;
        byte[] json =
            await blobs.GetAsync(BlobKeys.Model(model, ModelBundle.ManifestFile), cancellationToken)
            ?? throw new ModelUnavailableException(
                $"Model {model} is not in the blob store. Send it with 'cxr model push' or name one that 'cxr model list' shows."
            );
        ModelManifest manifest;
        try
        {
            manifest = ModelManifest.Parse(json);
        }
        catch (InvalidBundleException exception)
        {
            throw new ModelUnavailableException($"Model {model} is damaged: {exception.Message}", exception);
        }
        return _known.GetOrAdd(model, (manifest, new Preprocessor(manifest.Preprocessing)));
    }
}
