using CxrCluster.Contracts.Identity;
using CxrCluster.Grains.Placement;
using CxrCluster.Grains.Workers;

namespace CxrCluster.Gateway.Workers;

/// <summary>Which inference slots there are.</summary>
internal static class LiveSlots
{
    /// <summary>Every slot of every live node of role inference.</summary>
    public static SlotId[] Of(IWorkerDirectory directory) =>
        [
            .. directory
                .LiveNodes()
                .Where(n => n.Roles.Contains(NodeRoles.Inference, StringComparer.Ordinal))
                .SelectMany(n => Enumerable.Range(0, n.Slots).Select(i => new SlotId(n.Name, i))),
        ];
}
