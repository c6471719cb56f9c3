using CxrCluster.Contracts.Identity;

namespace CxrCluster.Storage.Models;

/// <summary>Which bundles the cluster has. The bytes lie in the blob store; a row makes them visible.</summary>
public interface IModelStore
{
    /// <summary>Registers a bundle; no effect when it is there.</summary>
    Task RegisterAsync(
        ModelId model,
        string manifest,
        DateTimeOffset registeredAt,
        CancellationToken cancellationToken
    );

    /// <summary>Makes it the active one: the model that scores when none is named. One model is active in the cluster.</summary>
    /// <exception cref="Contracts.Faults.ModelUnavailableException">It is not registered.</exception>
    Task ActivateAsync(ModelId model, CancellationToken cancellationToken);

    /// <summary>The active model, or null.</summary>
    Task<ModelRecord?> FindActiveAsync(CancellationToken cancellationToken);

    /// <summary>One model, or null.</summary>
    Task<ModelRecord?> FindAsync(ModelId model, CancellationToken cancellationToken);

    /// <summary>All, newest first.</summary>
    Task<IReadOnlyList<ModelRecord>> ListAsync(CancellationToken cancellationToken);
}
