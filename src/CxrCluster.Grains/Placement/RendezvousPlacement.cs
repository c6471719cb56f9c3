namespace CxrCluster.Grains.Placement;

/// <summary>The strategy behind <see cref="RendezvousAttribute"/>.</summary>
[GenerateSerializer, Immutable, SuppressReferenceTracking, Alias("rendezvous")]
public sealed class RendezvousPlacement : PlacementStrategy;
