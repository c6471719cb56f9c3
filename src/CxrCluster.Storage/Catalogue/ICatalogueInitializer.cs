namespace CxrCluster.Storage.Catalogue;

/// <summary>Makes the catalogue ready for use; every node calls it once, when it starts.</summary>
public interface ICatalogueInitializer
{
    /// <summary>Creates the tables where they are absent. Safe when several nodes start at once; no effect when repeated.</summary>
    /// <exception cref="InvalidOperationException">The catalogue was made by a newer release.</exception>
    /// <exception cref="Contracts.Faults.StorageUnavailableException">The engine cannot be reached.</exception>
    Task EnsureCreatedAsync(CancellationToken cancellationToken);
}
