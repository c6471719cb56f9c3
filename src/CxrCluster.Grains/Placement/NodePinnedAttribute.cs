using Orleans.Placement;

namespace CxrCluster.Grains.Placement;

/// <summary>Places a grain on the node that its key names: "node" or "node/ordinal".</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NodePinnedAttribute() : PlacementAttribute(new NodePinnedPlacement());
