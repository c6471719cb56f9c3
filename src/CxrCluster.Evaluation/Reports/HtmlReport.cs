using CxrCluster.Evaluation.Metrics;
using CxrCluster.Evaluation.Neighbours;

namespace CxrCluster.Evaluation.Reports;

/// <summary>report.html: reads like the results section of a paper and opens without a network.</summary>
internal static class HtmlReport
{
    private const int ErrorsShown = 20;
    private const int UnscoredShown = 100;

    public static string Render(EvaluationInput input, EvaluationResult result, IReadOnlyList<ReportFigure> figures)
    {
        var html = new Html();
        Open(html, input);
        Cohort(html, input);
        Performance(html, input, result);
        Hospitals(html, result.Hospitals);
        html.Heading("Figures").Raw("""<div class="figures">""");
        for (int i = 0; i < figures.Count; i++)
            html.Figure(figures[i], i + 1);
        html.Raw("</div>");
        if (result.Distances is { } distances)
            Distances(html, distances);
        Errors(html, input);
        Unscored(html, input.Unscored);
        Methods(html, input, figures);
        return html.Raw("</main>\n</body>\n</html>").ToString();
    }

    private static void Open(Html html, EvaluationInput input)
    {
        using var css = new StreamReader(typeof(HtmlReport).Assembly.GetManifestResourceStream("report.css")!);
        html.Raw(
            $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{Html.Encode(input.Title)}</title>
            <style>
            {css.ReadToEnd()}</style>
            </head>
            <body>
            <main>
            <h1>{Html.Encode(input.Title)}</h1>
            <p class="meta">Model <code>{Html.Encode(
                input.Model
            )}</code>, {input.Time.GetUtcNow():yyyy-MM-dd HH:mm} UTC</p>
            """
        );
        if (input.Caution is { } caution)
            html.Raw($"""<p class="caution" role="note"><b>Caution.</b> {Html.Encode(caution)}</p>""");
    }

    private static void Cohort(Html html, EvaluationInput input)
    {
        int images = input.Predictions.Count + input.Unscored.Count;
        int patients = input.Predictions.Select(p => (p.Hospital, p.PatientId)).Distinct().Count();
        int hospitals = input.Predictions.Select(p => p.Hospital).Union(input.Unscored.Select(u => u.Hospital)).Count();
        int positives = input.Predictions.Sum(p => p.Label);
        int excluded = input.Unscored.Count(image => image.Kind == UnscoredKind.Excluded);
        html.Heading("Cohort")
            .Paragraph(
                $"{Numbers.Count(images, "image")} of {Numbers.Count(hospitals, "hospital")}. "
                    + $"{input.Predictions.Count} scored, of {Numbers.Count(patients, "patient")}: {positives} positive and "
                    + $"{input.Predictions.Count - positives} negative. "
                    + $"{excluded} excluded, {input.Unscored.Count - excluded} failed."
            );
    }

    private static void Performance(Html html, EvaluationInput input, EvaluationResult result)
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

    private static void Hospitals(Html html, IReadOnlyList<HospitalSummary> hospitals) =>
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

    private static void Distances(Html html, DistanceStatistics distances)
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

    private static void Errors(Html html, EvaluationInput input)
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

    private static void Unscored(Html html, IReadOnlyList<UnscoredImage> unscored)
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

    private static void Methods(Html html, EvaluationInput input, IReadOnlyList<ReportFigure> figures)
    {
        html.Heading("Methods")
            .Paragraph(
                $"An image is called positive when its probability is at least {input.Threshold:0.###}. ROC AUC is the area "
                    + "under the ROC curve with ties counting half; PR AUC is the average precision without interpolation. "
                    + "A metric that the data do not define is n/a (null in metrics.json)."
            );
        if (input.Embeddings is not null)
            html.Paragraph(
                "Neighbours are the images of other patients with the least Euclidean distance between embeddings; the "
                    + "neighbour average is the mean of their probabilities, the image itself left out. Distances are taken "
                    + "over all pairs of two images; the standard deviation is that of the population."
            );
        string[] files =
        [
            "metrics.json",
            "predictions.csv",
            .. input.Embeddings is null ? (string[])[] : ["embeddings.csv"],
            .. figures.Select(figure => figure.File),
        ];
        html.Paragraph($"Beside this page: {string.Join(", ", files)}.");
    }
}
