using System.Text.Json;
using System.Text.Json.Serialization;
using CxrCluster.Evaluation.Bootstrapping;
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
            Retrieval = result.Retrieval?.Select(at => new
            {
                at.K,
                at.Precision,
                at.PositivePrecision,
                at.NegativePrecision,
                at.PositivePrior,
                at.NegativePrior,
                Average = Agreement(at.Average),
                Vote = Agreement(at.Vote),
            }),
            result.Distances,
            input.Model,
            result.Hospitals,
            Intervals = MetricValues.Kinds.ToDictionary(
                MetricValues.NameOf,
                kind => new { result.Intervals[kind].Lower, result.Intervals[kind].Upper }
            ),
            Bootstrap = new
            {
                Unit = "patient",
                Resamples = input.Bootstraps,
                input.Seed,
            },
            result.Calibration,
            result.OperatingPoints,
            Groups = new { Hospitals = result.HospitalGroups, result.Views },
            NeighboursFrom = input.Embeddings is null ? null
            : input.Training is null ? "evaluated images of other patients"
            : "training images",
            HardCases = new
            {
                result.Hard.Count,
                Wrong = result.Hard.Count(c => c.Wrong),
                result.Marked,
            },
            Confounds = input.Confounds is { } confounds
                ? new
                {
                    confounds.Warnings,
                    confounds.Probes,
                    Masked = confounds.Masked is { } masked
                        ? new
                        {
                            masked.Images,
                            masked.NoLung,
                            masked.MeanShare,
                            masked.FullAuc,
                            masked.MaskedAuc,
                            Full = Ends(masked.Full),
                            Masked = Ends(masked.Masked),
                            Loss = Ends(masked.Loss),
                        }
                        : null,
                }
                : null,
        };
        return JsonSerializer.SerializeToUtf8Bytes(document, Options);
    }

    private static object Agreement(ConfusionMatrix confusion) =>
        new
        {
            confusion.Accuracy,
            confusion.Sensitivity,
            confusion.Specificity,
            Confusion = confusion,
        };

    private static object Ends(MetricInterval interval) => new { interval.Lower, interval.Upper };
}
