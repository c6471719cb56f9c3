namespace CxrCluster.Grains.Placement;

/// <summary>The strategy behind <see cref="NodePinnedAttribute"/>.</summary>
[GenerateSerializer, Immutable, SuppressReferenceTracking, Alias("node-pinned")]
public sealed class NodePinnedPlacement : PlacementStrategy;
