using System.Text.Json;
using System.Text.Json.Serialization;
using CxrCluster.Evaluation.Metrics;
using CxrCluster.Evaluation.Neighbours;

namespace CxrCluster.Evaluation.Reports;

/// <summary>metrics.json. What is undefined is null; there is no NaN in the file.</summary>
internal static class MetricsFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.Strict,
    };

    public static byte[] Write(EvaluationInput input, EvaluationResult result)
    {
        ClassificationMetrics metrics = result.Metrics;
        var document = new
        {
            metrics.N,
            metrics.Positives,
            metrics.Threshold,
            metrics.Accuracy,
            metrics.Sensitivity,
            metrics.Specificity,
            metrics.Precision,
            metrics.F1,
            metrics.RocAuc,
            metrics.PrAuc,
            metrics.Brier,
            metrics.Confusion,
            Knn = result.Knn is { } knn
                ? new
                {
                    knn.K,
                    knn.Accuracy,
                    knn.Sensitivity,
                }
                : null,
            result.Distances,
            input.Model,
            result.Hospitals,
        };
        return JsonSerializer.SerializeToUtf8Bytes(document, Options);
    }
}
