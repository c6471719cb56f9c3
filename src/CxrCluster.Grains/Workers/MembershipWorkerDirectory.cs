using System.Globalization;
using CxrCluster.Contracts.Identity;
using CxrCluster.Grains.Placement;
using Orleans.Runtime.MembershipService.SiloMetadata;

namespace CxrCluster.Grains.Workers;

/// <summary>Reads the live nodes from Orleans' membership and silo metadata.</summary>
public sealed class MembershipWorkerDirectory(ISiloStatusOracle oracle, ISiloMetadataCache metadata) : IWorkerDirectory
{
    /// <inheritdoc />
    public IReadOnlyList<WorkerNode> LiveNodes()
    {
        var nodes = new List<WorkerNode>();
        foreach (SiloAddress silo in oracle.GetApproximateSiloStatuses(onlyActive: true).Keys)
        {
            var values = metadata.GetSiloMetadata(silo).Metadata;
            // A silo that has just joined has no metadata yet: it is seen a moment later.
            if (!NodeName.TryParse(values.GetValueOrDefault(SiloMetadataKeys.Node), null, out NodeName name))
                continue;
            string[] roles = values.GetValueOrDefault(SiloMetadataKeys.Roles, "").Split(',');
            int slots = int.Parse(values.GetValueOrDefault(SiloMetadataKeys.Slots, "0"), CultureInfo.InvariantCulture);
            nodes.Add(new WorkerNode(name, silo, roles, slots));
        }
        return nodes;
    }
}
