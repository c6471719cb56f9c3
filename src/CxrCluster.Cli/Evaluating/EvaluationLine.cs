using CxrCluster.Evaluation.Reports;

namespace CxrCluster.Cli.Evaluating;

/// <summary>One line of `cxr evaluate --json`: one model, or the vote of all.</summary>
internal sealed record EvaluationLine(
    string Model,
    int N,
    int Positives,
    double Threshold,
    double? Accuracy,
    double? Sensitivity,
    double? Specificity,
    double? Precision,
    double? RocAuc,
    double? PrAuc,
    int Excluded,
    int Failed,
    string Report
)
{
    /// <summary>The line of one report.</summary>
    public static EvaluationLine Of(string model, EvaluationResult result) =>
        new(
            model,
            result.Metrics.N,
            result.Metrics.Positives,
            result.Metrics.Threshold,
            result.Metrics.Accuracy,
            result.Metrics.Sensitivity,
            result.Metrics.Specificity,
            result.Metrics.Precision,
            result.Metrics.RocAuc,
            result.Metrics.PrAuc,
            result.Hospitals.Sum(h => h.Excluded),
            result.Hospitals.Sum(h => h.Failed),
            result.ReportPath
        );
}
