using Orleans.Placement;

namespace CxrCluster.Grains.Placement;

/// <summary>
/// Places a grain by its key and the nodes' names: the same node as long as it is there, so that it finds its files again
/// after a restart; and when a node leaves, only its grains move.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RendezvousAttribute() : PlacementAttribute(new RendezvousPlacement());
