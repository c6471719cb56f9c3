using CxrCluster.Contracts.Faults;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Runtime.Placement;

namespace CxrCluster.Grains.Placement;

/// <summary>Finds the silo whose metadata names the node; there is no second choice.</summary>
public sealed class NodePinnedDirector(ISiloMetadataCache metadata) : IPlacementDirector
{
    /// <exception cref="WorkerUnavailableException">No active silo is that node.</exception>
    public Task<SiloAddress> OnAddActivation(
        PlacementStrategy strategy,
        PlacementTarget target,
        IPlacementContext context
    )
    {
        string key = target.GrainIdentity.Key.ToString()!;
        int slash = key.LastIndexOf('/');
        string node = slash < 0 ? key : key[..slash];
        foreach (SiloAddress silo in context.GetCompatibleSilos(target))
            if (
                metadata.GetSiloMetadata(silo).Metadata.TryGetValue(SiloMetadataKeys.Node, out string? name)
                && string.Equals(name, node, StringComparison.Ordinal)
            )
                return Task.FromResult(silo);
        throw new WorkerUnavailableException(
            $"No active node is called '{node}': it stopped or has not joined yet. Work goes to other nodes meanwhile."
        );
    }
}
