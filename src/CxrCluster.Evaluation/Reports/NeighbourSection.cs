using CxrCluster.Evaluation.Metrics;
using CxrCluster.Evaluation.Neighbours;

namespace CxrCluster.Evaluation.Reports;

/// <summary>What the embeddings say: similar cases, classification by them, distances.</summary>
internal static class NeighbourSection
{
    public static void Write(
        Html html,
        EvaluationInput input,
        EvaluationResult result,
        IReadOnlyList<ReportFigure> figures
    )
    {
        if (result.Knn is not { } knn || result.Distances is not { } distances)
            return;
        bool training = input.Training is not null;
        html.Heading("Similar cases");
        if (knn.Predictions.Count == 0)
            html.Paragraph("No image has a neighbour of another patient.");
        else
        {
            ConfusionMatrix at = ConfusionMatrix.Of(knn.Predictions, input.Threshold);
            html.Paragraph(
                $"Averaging the probabilities of the {knn.K} nearest {(training ? "training images" : "images of other patients")} "
                    + $"gives an accuracy of {Numbers.PercentWithCount(at.Tp + at.Tn, at.Count)} and a sensitivity of "
                    + $"{Numbers.PercentWithCount(at.Tp, at.Positives)} (paper: {PaperResults.Neighbours.Accuracy} % and "
                    + $"{PaperResults.Neighbours.Sensitivity} %)."
            );
        }
        html.Table(
                training
                    ? $"Euclidean distance between the embeddings of evaluated and training images ({input.Training!.Count}); paper beside"
                    : "Euclidean distance between the embeddings of two evaluated images; the paper's, beside, are between test and "
                        + "training images",
                ["pairs", "mean ± SD", "paper"],
                [
                    Row("all", distances.All, PaperResults.Distances.All),
                    Row("both positive", distances.Positive, PaperResults.Distances.Positive),
                    Row("both negative", distances.Negative, PaperResults.Distances.Negative),
                    Row("across classes", distances.Across, PaperResults.Distances.Across),
                ]
            )
            .Figures(figures.Where(figure => !PerformanceSection.Files.Contains(figure.File)));

        static IReadOnlyList<string> Row(string name, DistanceSpread spread, string paper) =>
            [name, spread.Mean is null ? "n/a" : $"{spread.Mean:0.00} ± {spread.Sd:0.00}", paper];
    }
}
