using CxrCluster.Storage.Blobs;
using CxrCluster.Storage.Catalogue;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CxrCluster.Storage;

/// <summary>Registers the stores.</summary>
public static class StorageServices
{
    /// <summary>Adds every store interface of this library as a singleton, and <see cref="ICatalogueInitializer"/>.</summary>
    /// <exception cref="OptionsValidationException">Options are wrong; the message says which and what to set.</exception>
    public static IServiceCollection AddCxrStorage(
        this IServiceCollection services,
        CatalogueOptions catalogue,
        BlobOptions blobs
    )
    {
        string[] faults = [.. catalogue.Validate(), .. blobs.Validate()];
        if (faults.Length > 0)
            throw new OptionsValidationException("storage", typeof(CatalogueOptions), faults);
        return services;
    }
}
