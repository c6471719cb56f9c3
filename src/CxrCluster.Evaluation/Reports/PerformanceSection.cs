using CxrCluster.Evaluation.Metrics;

namespace CxrCluster.Evaluation.Reports;

/// <summary>How good the model is: in sentences, as the paper's Table 2, with intervals, curves and operating points.</summary>
internal static class PerformanceSection
{
    public static readonly string[] Files = ["roc.png", "pr.png", "confusion.png", "histogram.png", "calibration.png"];

    public static void Write(
        Html html,
        EvaluationInput input,
        EvaluationResult result,
        IReadOnlyList<ReportFigure> figures
    )
    {
        html.Heading("Performance").Paragraph(Sentences(input, result));
        Table2(html, input, result);
        Intervals(html, input, result);
        html.Figures(figures.Where(figure => Files.Contains(figure.File)));
        OperatingPoints(html, result);
    }

    private static string Sentences(EvaluationInput input, EvaluationResult result)
    {
        ClassificationMetrics m = result.Metrics;
        ConfusionMatrix c = m.Confusion;
        string areas = m.RocAuc is null
            ? "The images are of one class only, so that there is no ROC curve."
            : $"The ROC AUC is {Of(MetricKind.RocAuc)} and the PR AUC {Of(MetricKind.PrAuc)}.";
        return $"{areas} At threshold {input.Threshold:0.###}, {c.Tp + c.Tn} of {c.Count} images are called right: accuracy "
            + $"{Of(MetricKind.Accuracy)}. {c.Tp} of {c.Positives} positives are found, a sensitivity "
            + $"of {Of(MetricKind.Sensitivity)}, and {c.Tn} of {c.Negatives} negatives are called negative, a specificity "
            + $"of {Of(MetricKind.Specificity)}. The Brier score is {Of(MetricKind.Brier)}, the expected calibration error "
            + $"{Numbers.Decimal(result.Calibration.ExpectedError)}.";

        string Of(MetricKind kind) =>
            MetricText.Sentence(m.Values[kind], result.Intervals[kind].Lower, result.Intervals[kind].Upper);
    }

    private static void Table2(Html html, EvaluationInput input, EvaluationResult result)
    {
        List<IReadOnlyList<string>> rows =
        [
            .. input.Compared.Select(model => Row(model.Model, model.Metrics)),
            Row(input.Compared.Count > 0 ? input.Title : input.Model, result.Metrics),
        ];
        if (result.Knn is { Predictions.Count: > 0 } knn)
            rows.Add(
                Row(
                    $"mean of {knn.K} nearest neighbours",
                    ClassificationMetrics.Compute(knn.Predictions, input.Threshold)
                )
            );
        rows.AddRange(
            PaperResults.Table2.Select(
                IReadOnlyList<string> (r) =>
                    [$"paper: {r.Model}", r.Accuracy, r.Sensitivity, r.Specificity, "", "", "", "", ""]
            )
        );
        html.Table(
            $"Percent (count) at threshold {input.Threshold:0.###}; areas and Brier score need no threshold. Rows named "
                + $"“paper” are those of {PaperResults.Name}, on other patients: for orientation, not comparison.",
            ["model", "accuracy", "sensitivity", "specificity", "precision", "F1", "ROC AUC", "PR AUC", "Brier score"],
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

    private static void Intervals(Html html, EvaluationInput input, EvaluationResult result) =>
        html.Table(
            $"95 % confidence intervals from {input.Bootstraps} resamples of the patients, beside the intervals of "
                + $"{PaperResults.Name} (10 splits x 20 resamples)",
            ["metric", "estimate", "95 % interval", "paper"],
            MetricValues.Kinds.Select(
                IReadOnlyList<string> (kind) =>
                    [
                        MetricText.NameOf(kind),
                        Numbers.Decimal(result.Metrics.Values[kind]),
                        result.Intervals[kind].Lower is { } lower
                            ? $"{Numbers.Decimal(lower)}–{Numbers.Decimal(result.Intervals[kind].Upper)}"
                            : "n/a",
                        PaperResults.Intervals.TryGetValue(kind, out var i)
                            ? $"{i.Estimate:0.00#} ({i.Lower:0.00}–{i.Upper:0.00})"
                            : "",
                    ]
            )
        );

    private static void OperatingPoints(Html html, EvaluationResult result)
    {
        if (result.OperatingPoints.Count == 0)
            return;
        html.Subheading("Operating points")
            .Paragraph(
                "Thresholds chosen on these very images flatter the model: confirm a new one on other patients before it "
                    + "is used."
            )
            .Table(
                "What other thresholds would give",
                ["rule", "threshold", "sensitivity %", "specificity %"],
                result.OperatingPoints.Select(
                    IReadOnlyList<string> (point) =>
                        [
                            point.Rule,
                            point.Threshold is { } threshold ? $"{threshold:0.0000}" : "above every score",
                            Numbers.Percent(point.Sensitivity),
                            Numbers.Percent(point.Specificity),
                        ]
                )
            );
    }
}
