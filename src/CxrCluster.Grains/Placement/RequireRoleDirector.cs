using Orleans.Placement;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Runtime.Placement;
using Orleans.Runtime.Placement.Filtering;

namespace CxrCluster.Grains.Placement;

/// <summary>Keeps the silos that have the role.</summary>
public sealed class RequireRoleDirector(ISiloMetadataCache metadata) : IPlacementFilterDirector
{
    /// <inheritdoc />
    public IEnumerable<SiloAddress> Filter(
        PlacementFilterStrategy filterStrategy,
        PlacementTarget target,
        IEnumerable<SiloAddress> silos
    )
    {
        string role = ((RequireRoleFilter)filterStrategy).Role;
        return silos.Where(silo =>
            metadata.GetSiloMetadata(silo).Metadata.TryGetValue(SiloMetadataKeys.Roles, out string? roles)
            && roles.Split(',').Contains(role, StringComparer.Ordinal)
        );
    }
}
