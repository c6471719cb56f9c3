using CxrCluster.Evaluation.Bootstrapping;
using CxrCluster.Evaluation.Cohorts;
using CxrCluster.Evaluation.Metrics;
using CxrCluster.Evaluation.Neighbours;

namespace CxrCluster.Evaluation.Reports;

/// <summary>The numbers of an evaluation.</summary>
/// <param name="Intervals">95 % intervals per metric, patients resampled.</param>
/// <param name="Calibration">Ten bins.</param>
/// <param name="OperatingPoints">Empty unless there are both classes.</param>
/// <param name="Hard">The images that are misclassified or near the threshold, hardest first.</param>
/// <param name="Marked">The metrics of the images that the manifest marks as hard; null if it marks none.</param>
/// <param name="HospitalGroups">The scored images per hospital, with intervals.</param>
/// <param name="Views">Per view, "unknown" where the manifest names none; empty if it names none at all.</param>
/// <param name="Knn">Null without embeddings.</param>
/// <param name="Retrieval">How well similar cases agree, for several k; null without embeddings.</param>
/// <param name="Distances">Null without embeddings.</param>
/// <param name="ReportPath">The report.html that was written.</param>
public sealed record EvaluationResult(
    ClassificationMetrics Metrics,
    IReadOnlyDictionary<MetricKind, MetricInterval> Intervals,
    CalibrationCurve Calibration,
    IReadOnlyList<OperatingPoint> OperatingPoints,
    IReadOnlyList<HardCase> Hard,
    ClassificationMetrics? Marked,
    IReadOnlyList<GroupSummary> HospitalGroups,
    IReadOnlyList<GroupSummary> Views,
    NeighbourAverage? Knn,
    IReadOnlyList<Retrieval>? Retrieval,
    DistanceStatistics? Distances,
    IReadOnlyList<HospitalSummary> Hospitals,
    string ReportPath
);
