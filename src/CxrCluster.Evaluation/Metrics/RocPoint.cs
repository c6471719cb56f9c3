namespace CxrCluster.Evaluation.Metrics;

/// <summary>A point of a ROC curve: what calling every probability at or above the threshold positive gives.</summary>
/// <param name="Threshold">Null for the first point, where nothing is called positive.</param>
/// <param name="FalsePositiveRate">1 - specificity.</param>
/// <param name="TruePositiveRate">Sensitivity.</param>
public sealed record RocPoint(double? Threshold, double FalsePositiveRate, double TruePositiveRate);
