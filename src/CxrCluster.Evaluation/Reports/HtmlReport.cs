using CxrCluster.Evaluation.Metrics;
using CxrCluster.Evaluation.Neighbours;

namespace CxrCluster.Evaluation.Reports;

/// <summary>report.html: reads like the results section of a paper and opens without a network.</summary>
internal static class HtmlReport
{
    public static string Render(EvaluationInput input, EvaluationResult result, IReadOnlyList<ReportFigure> figures)
    {
        Html html = HtmlPage.Open(
            input.Title,
            $"Model <code>{Html.Encode(input.Model)}</code>, {input.Time.GetUtcNow():yyyy-MM-dd HH:mm} UTC",
            input.Caution
        );
        Cohort(html, input);
        ReportTables.Performance(html, input, result);
        ReportTables.Hospitals(html, result.Hospitals);
        html.Heading("Figures").Raw("""<div class="figures">""");
        for (int i = 0; i < figures.Count; i++)
            html.Figure(figures[i], i + 1);
        html.Raw("</div>");
        if (result.Distances is { } distances)
            ReportTables.Distances(html, distances);
        ReportTables.Errors(html, input);
        ReportTables.Unscored(html, input.Unscored);
        Methods(html, input, figures);
        return HtmlPage.Close(html);
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
                $"{Numbers.Count(images, "image")} from {Numbers.Count(hospitals, "hospital")}. "
                    + $"{input.Predictions.Count} scored, of {Numbers.Count(patients, "patient")}: {positives} positive and "
                    + $"{input.Predictions.Count - positives} negative. "
                    + $"{excluded} excluded, {input.Unscored.Count - excluded} failed."
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
