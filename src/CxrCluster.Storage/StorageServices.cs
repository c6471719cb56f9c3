using CxrCluster.Storage.Audit;
using CxrCluster.Storage.Blobs;
using CxrCluster.Storage.Catalogue;
using CxrCluster.Storage.Indexes;
using CxrCluster.Storage.Instances;
using CxrCluster.Storage.Jobs;
using CxrCluster.Storage.Marks;
using CxrCluster.Storage.Models;
using CxrCluster.Storage.Pacs;
using CxrCluster.Storage.Scores;
using CxrCluster.Storage.Sweeps;
using CxrCluster.Storage.WriteBacks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
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
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(catalogue);
        services.AddSingleton<CatalogueDatabase>();
        services.AddSingleton<ICatalogueInitializer, CatalogueInitializer>();
        services.AddSingleton<IInstanceStore, CatalogueInstanceStore>();
        services.AddSingleton<IScoreStore, CatalogueScoreStore>();
        services.AddSingleton<IJobStore, CatalogueJobStore>();
        services.AddSingleton<IModelStore, CatalogueModelStore>();
        services.AddSingleton<IIndexStore, CatalogueIndexStore>();
        services.AddSingleton<IMarkStore, CatalogueMarkStore>();
        services.AddSingleton<ISweepStore, CatalogueSweepStore>();
        services.AddSingleton<IWriteBackStore, CatalogueWriteBackStore>();
        services.AddSingleton<IPacsStore, CataloguePacsStore>();
        services.AddSingleton<IAuditLog, CatalogueAuditLog>();
        services.AddSingleton<IBlobStore>(provider =>
            blobs.Provider == BlobProvider.Azure
                ? new AzureBlobStore(blobs.ConnectionString, blobs.Container)
                : new FolderBlobStore(blobs.Folder, provider.GetRequiredService<TimeProvider>())
        );
        return services;
    }
}
