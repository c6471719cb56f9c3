namespace CxrCluster.Learning.Bundles;

/// <summary>A metric on held-out patients, with its 95 % confidence interval where one was computed.</summary>
public sealed record MetricValue(double Value, double? Lower = null, double? Upper = null);
