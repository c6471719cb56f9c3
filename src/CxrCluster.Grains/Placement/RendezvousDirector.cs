using System.IO.Hashing;
using System.Text;
using CxrCluster.Contracts.Faults;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Runtime.Placement;

namespace CxrCluster.Grains.Placement;

/// <summary>Highest random weight (Thaler and Ravishankar 1998): the node whose hash with the key is largest.</summary>
public sealed class RendezvousDirector(ISiloMetadataCache metadata) : IPlacementDirector
{
    /// <exception cref="WorkerUnavailableException">No active node may have the grain.</exception>
    public Task<SiloAddress> OnAddActivation(
        PlacementStrategy strategy,
        PlacementTarget target,
        IPlacementContext context
    )
    {
        string key = target.GrainIdentity.ToString();
        SiloAddress? best = context
            .GetCompatibleSilos(target)
            .MaxBy(silo => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes($"{NameOf(silo)}\0{key}")));
        return best is null
            ? throw new WorkerUnavailableException(
                "No active node may have this part of the index. Start one with the role index; queries are partial meanwhile."
            )
            : Task.FromResult(best);
    }

    private string NameOf(SiloAddress silo) =>
        metadata.GetSiloMetadata(silo).Metadata.TryGetValue(SiloMetadataKeys.Node, out string? name)
            ? name
            : silo.ToString();
}
