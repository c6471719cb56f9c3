using System.Text;
using CxrCluster.Contracts.Faults;
using CxrCluster.Contracts.Identity;
using CxrCluster.Learning.Bundles;
using CxrCluster.Storage.Blobs;
using CxrCluster.Storage.Models;

namespace CxrCluster.Grains.Models;

/// <summary>Puts bundles into the cluster and says which one scores.</summary>
public sealed class ModelRegistry(IModelStore models, IBlobStore blobs, TimeProvider time)
{
    /// <summary>Sends a bundle to the cluster: its files first, the row that makes it visible last. Repeating is harmless.</summary>
    public async Task<ModelId> PushAsync(ModelBundle bundle, CancellationToken cancellationToken)
    {
        var id = new ModelId(bundle.Manifest.Name, bundle.Manifest.Version);
        // The manifest goes last: workers look for it first.
        foreach (string file in ModelBundle.Files.OrderBy(f => f == ModelBundle.ManifestFile))
        {
            await using FileStream source = File.OpenRead(Path.Combine(bundle.Folder, file));
            await blobs.UploadAsync(BlobKeys.Model(id, file), source, cancellationToken);
        }
        string manifest = await File.ReadAllTextAsync(
            Path.Combine(bundle.Folder, ModelBundle.ManifestFile),
            Encoding.UTF8,
            cancellationToken
        );
        await models.RegisterAsync(id, manifest, time.GetUtcNow(), cancellationToken);
        return id;
    }

    /// <summary>Makes it the model that scores when none is named.</summary>
    public Task ActivateAsync(ModelId model, CancellationToken cancellationToken) =>
        models.ActivateAsync(model, cancellationToken);

    /// <summary>The model named, or the active one.</summary>
    /// <exception cref="ModelUnavailableException">There is no such model, or none is active.</exception>
    public async Task<ModelId> ResolveAsync(ModelId? wanted, CancellationToken cancellationToken)
    {
        ModelRecord? record = wanted is { } id
            ? await models.FindAsync(id, cancellationToken)
            : await models.FindActiveAsync(cancellationToken);
        return record?.Id
            ?? throw new ModelUnavailableException(
                wanted is null
                    ? "No model is active. Register a bundle and activate it first."
                    : $"There is no model {wanted}. Register its bundle, or name one that the list of models shows."
            );
    }
}
