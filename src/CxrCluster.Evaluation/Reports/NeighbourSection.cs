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
        Precision(html, result.Retrieval ?? [], training);
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

    private static void Precision(Html html, IReadOnlyList<Retrieval> retrieval, bool training)
    {
        if (retrieval is not [{ Vote.Count: > 0 } first, ..])
            return;
        html.Table(
            $"Similar cases among {(training ? "the training images" : "the images")} of other patients, %: share of the k nearest that "
                + "have the image's own class (precision at k), and what classifying by them gives, by their mean probability "
                + "(as in the paper) and by the majority of their known classes (a tie is positive). By chance the precision would "
                + $"be {Numbers.Percent(first.PositivePrior)} for positive and {Numbers.Percent(first.NegativePrior)} for negative images",
            [
                "k",
                "precision",
                "of positives",
                "of negatives",
                "accuracy by mean",
                "sensitivity by mean",
                "accuracy by vote",
                "sensitivity by vote",
            ],
            retrieval.Select(at =>
                (IReadOnlyList<string>)
                    [
                        $"{at.K}",
                        Numbers.Percent(at.Precision),
                        Numbers.Percent(at.PositivePrecision),
                        Numbers.Percent(at.NegativePrecision),
                        Numbers.PercentOf(at.Average.Tp + at.Average.Tn, at.Average.Count),
                        Numbers.PercentOf(at.Average.Tp, at.Average.Positives),
                        Numbers.PercentOf(at.Vote.Tp + at.Vote.Tn, at.Vote.Count),
                        Numbers.PercentOf(at.Vote.Tp, at.Vote.Positives),
                    ]
            )
        );
    }
}
