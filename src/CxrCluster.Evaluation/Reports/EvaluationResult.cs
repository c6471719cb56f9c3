using CxrCluster.Evaluation.Metrics;
using CxrCluster.Evaluation.Neighbours;

namespace CxrCluster.Evaluation.Reports;

/// <summary>The numbers of an evaluation.</summary>
/// <param name="Knn">Null without embeddings.</param>
/// <param name="Distances">Null without embeddings.</param>
/// <param name="ReportPath">The report.html that was written.</param>
public sealed record EvaluationResult(
    ClassificationMetrics Metrics,
    NeighbourAverage? Knn,
    DistanceStatistics? Distances,
    IReadOnlyList<HospitalSummary> Hospitals,
    string ReportPath
);
