using CxrCluster.Evaluation.Metrics;
using CxrCluster.Evaluation.Neighbours;
using CxrCluster.Evaluation.Plots;

namespace CxrCluster.Evaluation.Reports;

/// <summary>Draws the pictures of a report and says in words what they show.</summary>
internal static class FigureSet
{
    /// <summary>Every file a report may consist of besides report.html and metrics.json.</summary>
    public static readonly IReadOnlyList<string> Files =
    [
        "roc.png",
        "pr.png",
        "histogram.png",
        "confusion.png",
        "calibration.png",
        "tsne.png",
        "similar.png",
    ];

    public static async Task<IReadOnlyList<ReportFigure>> DrawAsync(
        EvaluationInput input,
        EvaluationResult result,
        IReadOnlyList<EmbeddedPrediction>? images,
        CancellationToken cancellationToken
    )
    {
        List<ReportFigure> figures = [.. Curves(input, result.Metrics), Calibration(result.Calibration)];
        if (images is null)
            return figures;

        figures.Add(Neighbourhood(images, input.TSne, cancellationToken));
        if (input.ReadImage is null)
            return figures;

        IReadOnlyList<PanelRow> rows = await SimilarCases.ChooseAsync(images, input, cancellationToken);
        if (rows.Count > 0)
            figures.Add(Similar(rows, input.Training is not null));
        return figures;
    }

    private static IEnumerable<ReportFigure> Curves(EvaluationInput input, ClassificationMetrics metrics)
    {
        ConfusionMatrix confusion = metrics.Confusion;
        string operatingPoint =
            $"sensitivity {Numbers.Percent(metrics.Sensitivity)} %, specificity {Numbers.Percent(metrics.Specificity)} %";
        yield return new ReportFigure(
            "roc.png",
            RocPlot.Render(input.Predictions, input.Threshold),
            $"ROC curve, area {Numbers.Decimal(metrics.RocAuc)}; at threshold {input.Threshold:0.###} {operatingPoint}.",
            $"Receiver operating characteristic. The dot marks the threshold {input.Threshold:0.###}: {operatingPoint}."
        );
        yield return new ReportFigure(
            "pr.png",
            PrecisionRecallPlot.Render(input.Predictions, input.Threshold),
            $"Precision-recall curve, average precision {Numbers.Decimal(metrics.PrAuc)}; "
                + $"at the threshold precision {Numbers.Percent(metrics.Precision)} %.",
            "Precision against recall. The area is the average precision; the dashed line is the share of positives, "
                + "which a guess would reach."
        );
        yield return new ReportFigure(
            "histogram.png",
            HistogramPlot.Render(input.Predictions, input.Threshold),
            $"Histogram of probabilities: of {confusion.Negatives} negatives {confusion.Fp} reach the threshold "
                + $"{input.Threshold:0.###}, of {confusion.Positives} positives {confusion.Tp}.",
            "Probabilities by true class, in bins of 0.05. Images to the right of the dashed line are called positive."
        );
        yield return new ReportFigure(
            "confusion.png",
            ConfusionPlot.Render(confusion, input.Threshold),
            $"Confusion matrix: {confusion.Tp} true positives, {confusion.Fp} false positives, {confusion.Tn} true "
                + $"negatives, {confusion.Fn} false negatives.",
            "Counts by truth and prediction, shaded by the share of the true class."
        );
    }

    private static ReportFigure Calibration(CalibrationCurve curve)
    {
        IEnumerable<string> bins = curve.Bins.Select(bin =>
            $"{bin.MeanProbability:0.00} says {bin.PositiveShare:0.00} of {bin.Images}"
        );
        return new ReportFigure(
            "calibration.png",
            CalibrationPlot.Render(curve),
            $"Calibration curve, expected error {Numbers.Decimal(curve.ExpectedError)}. {string.Join("; ", bins)}.",
            "Calibration: share of positives against mean probability in ten bins of equal width, with Wilson's 95 % "
                + $"intervals. Expected calibration error {Numbers.Decimal(curve.ExpectedError)}."
        );
    }

    private static ReportFigure Neighbourhood(
        IReadOnlyList<EmbeddedPrediction> images,
        TSneOptions options,
        CancellationToken cancellationToken
    )
    {
        return new ReportFigure(
            "tsne.png",
            TSnePlot.Render(images, options, cancellationToken),
            $"t-SNE map of {Math.Min(images.Count, TSnePlot.MostImages)} embeddings; negatives are blue circles, positives orange triangles.",
            $"t-SNE of the embeddings (exact, perplexity {options.Perplexity:0}, {options.Iterations} steps, seed "
                + $"{options.Seed}). Near points are alike; distances between far groups mean nothing."
        );
    }

    private static ReportFigure Similar(IReadOnlyList<PanelRow> rows, bool training)
    {
        IEnumerable<string> words = rows.Select(row =>
            $"{row.Name}: nearest at distances "
            + string.Join(", ", row.Neighbours.Select(neighbour => $"{neighbour.Distance:0.00}"))
        );
        return new ReportFigure(
            "similar.png",
            SimilarPanel.Render(rows),
            $"Similar cases. {string.Join("; ", words)}.",
            $"The most decided image of each outcome and its nearest {(training ? "training images" : "images of other patients")}, with the Euclidean distance "
                + "d between the embeddings, true class, probability p and hospital. Frames: orange positive, blue negative.",
            Wide: true
        );
    }
}
