namespace CxrCluster.Evaluation.Neighbours;

/// <summary>Mean and population standard deviation of distances; null if there is no pair.</summary>
public sealed record DistanceSpread(double? Mean, double? Sd);
