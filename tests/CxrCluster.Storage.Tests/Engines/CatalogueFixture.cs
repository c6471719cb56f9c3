using CxrCluster.Storage.Blobs;
using CxrCluster.Storage.Catalogue;
using Microsoft.Extensions.DependencyInjection;

namespace CxrCluster.Storage.Tests.Engines;

/// <summary>A catalogue of its own for a test class.</summary>
public abstract class CatalogueFixture : IAsyncLifetime
{
    private ServiceProvider? _services;

    /// <summary>Why the class is skipped; null when its engine is there.</summary>
    public string? Absence { get; protected set; }

    public CatalogueOptions Options { get; private set; } = new();

    public T Get<T>()
        where T : notnull => _services!.GetRequiredService<T>();

    public async ValueTask InitializeAsync()
    {
        if (await CreateEmptyAsync() is not { } options)
            return;
        Options = options;
        _services = Open(options);
        await Get<ICatalogueInitializer>().EnsureCreatedAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (_services is not null)
            await _services.DisposeAsync();
        await RemoveAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Another node's view of a catalogue.</summary>
    public static ServiceProvider Open(CatalogueOptions options) =>
        new ServiceCollection().AddCxrStorage(options, new BlobOptions()).BuildServiceProvider();

    /// <summary>A new catalogue without tables; null, and <see cref="Absence"/> set, when the engine is absent.</summary>
    public abstract Task<CatalogueOptions?> CreateEmptyAsync();

    protected virtual Task RemoveAsync() => Task.CompletedTask;
}
