namespace CxrCluster.Evaluation.Metrics;

/// <summary>A point of a precision-recall curve: what calling every probability at or above the threshold positive gives.</summary>
public sealed record PrecisionRecallPoint(double Threshold, double Recall, double Precision);
