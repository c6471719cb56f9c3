using CxrCluster.Evaluation.Metrics;
using CxrCluster.Evaluation.Neighbours;

namespace CxrCluster.Evaluation.Reports;

/// <summary>The tables of report.html, each under its heading.</summary>
internal static class ReportTables
{
    private const int ErrorsShown = 20;
    private const int UnscoredShown = 100;

    public static void Performance(Html html, EvaluationInput input, EvaluationResult result)
    {
        List<IReadOnlyList<string>> rows = [Row(input.Model, result.Metrics)];
        if (result.Knn is { Predictions.Count: > 0 } knn)
            rows.Add(
                Row(
                    $"mean of {knn.K} nearest neighbours",
                    ClassificationMetrics.Compute(knn.Predictions, input.Threshold)
                )
            );
        html.Heading("Performance")
            .Table(
                $"Percent (count) at threshold {input.Threshold:0.###}; areas and Brier score need no threshold.",
                [
                    "model",
                    "accuracy",
                    "sensitivity",
                    "specificity",
                    "precision",
                    "F1",
                    "ROC AUC",
                    "PR AUC",
                    "Brier score",
                ],
                rows
            );

        static IReadOnlyList<string> Row(string name, ClassificationMetrics m) =>
            [
                name,
                Numbers.PercentOf(m.Confusion.Tp + m.Confusion.Tn, m.N),
                Numbers.PercentOf(m.Confusion.Tp, m.Confusion.Positives),
                Numbers.PercentOf(m.Confusion.Tn, m.Confusion.Negatives),
                Numbers.PercentOf(m.Confusion.Tp, m.Confusion.Tp + m.Confusion.Fp),
                Numbers.Decimal(m.F1),
                Numbers.Decimal(m.RocAuc),
                Numbers.Decimal(m.PrAuc),
                Numbers.Decimal(m.Brier),
            ];
    }

    public static void Hospitals(Html html, IReadOnlyList<HospitalSummary> hospitals) =>
        html.Heading("Hospitals")
            .Table(
                "Images and performance per hospital",
                [
                    "hospital",
                    "images",
                    "scored",
                    "excluded",
                    "failed",
                    "accuracy %",
                    "sensitivity %",
                    "specificity %",
                    "ROC AUC",
                ],
                hospitals.Select(
                    IReadOnlyList<string> (h) =>
                        [
                            h.Hospital,
                            $"{h.Images}",
                            $"{h.Scored}",
                            $"{h.Excluded}",
                            $"{h.Failed}",
                            Numbers.Percent(h.Accuracy),
                            Numbers.Percent(h.Sensitivity),
                            Numbers.Percent(h.Specificity),
                            Numbers.Decimal(h.RocAuc),
                        ]
                )
            );

    public static void Distances(Html html, DistanceStatistics distances)
    {
        html.Heading("Distances between embeddings")
            .Table(
                "Euclidean distance over pairs of images",
                ["pairs", "mean", "standard deviation"],
                [
                    Row("all", distances.All),
                    Row("both positive", distances.Positive),
                    Row("both negative", distances.Negative),
                    Row("across classes", distances.Across),
                ]
            );

        static IReadOnlyList<string> Row(string name, DistanceSpread spread) =>
            [name, Numbers.Decimal(spread.Mean), Numbers.Decimal(spread.Sd)];
    }

    public static void Errors(Html html, EvaluationInput input)
    {
        Prediction[] errors =
        [
            .. input
                .Predictions.Where(p => p.Predicted(input.Threshold) != p.Label)
                .OrderByDescending(p => Math.Abs(p.Probability - input.Threshold)),
        ];
        html.Heading("Errors");
        if (errors.Length == 0)
            html.Paragraph("Every image is on its right side of the threshold.");
        else
            html.Table(
                errors.Length <= ErrorsShown
                    ? $"All {errors.Length} images on the wrong side of the threshold, farthest first"
                    : $"The {ErrorsShown} of {errors.Length} images that lie farthest on the wrong side of the threshold",
                ["image", "hospital", "patient", "truth", "probability"],
                errors
                    .Take(ErrorsShown)
                    .Select(
                        IReadOnlyList<string> (p) =>
                            [
                                p.Image,
                                p.Hospital,
                                p.PatientId,
                                p.Label == 1 ? "positive" : "negative",
                                Numbers.Decimal(p.Probability),
                            ]
                    ),
                textColumns: 4
            );
    }

    public static void Unscored(Html html, IReadOnlyList<UnscoredImage> unscored)
    {
        if (unscored.Count == 0)
            return;
        html.Heading("Images without a score")
            .Table(
                unscored.Count <= UnscoredShown
                    ? "Images left out, with the reason"
                    : $"The first {UnscoredShown} of {unscored.Count} images left out, with the reason",
                ["image", "hospital", "outcome", "reason"],
                unscored
                    .Take(UnscoredShown)
                    .Select(
                        IReadOnlyList<string> (image) =>
                            [
                                image.Image,
                                image.Hospital,
                                image.Kind == UnscoredKind.Excluded ? "excluded" : "failed",
                                image.Reason,
                            ]
                    ),
                textColumns: 4
            );
    }
}
