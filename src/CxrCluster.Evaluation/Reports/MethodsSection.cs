namespace CxrCluster.Evaluation.Reports;

/// <summary>How the numbers were made, what they do not show, and the files beside the page.</summary>
internal static class MethodsSection
{
    public static void Write(Html html, EvaluationInput input, IReadOnlyList<ReportFigure> figures)
    {
        html.Heading("Methods")
            .Paragraph(
                $"An image is called positive when its probability is at least {input.Threshold:0.###}. ROC AUC is the area "
                    + "under the ROC curve with ties counting half; PR AUC is the average precision without interpolation. "
                    + "A metric that the data do not define is n/a (null in metrics.json). Intervals of the whole cohort are "
                    + $"percentiles over {input.Bootstraps} resamples of patients with replacement (seed {input.Seed}); those "
                    + "of hospitals and views are Wilson's and take images as independent."
            );
        if (input.Embeddings is not null)
            html.Paragraph(
                (
                    input.Training is null
                        ? "Neighbours are the evaluated images of other patients with the least Euclidean distance between embeddings, and "
                            + "distances are taken over all pairs of two evaluated images"
                        : "Neighbours are the training images of other patients with the least Euclidean distance between embeddings, and "
                            + "distances are taken over all pairs of an evaluated and a training image"
                ) + "; the standard deviation is that of the population."
            );
        if (input.Confounds is not null)
            html.Paragraph(
                "Probes are logistic regressions on standardised features with an L2 penalty, cross-validated in five folds by "
                    + "patient. The border is the outer tenth of the preprocessed picture: a grid of mean brightness and a "
                    + "histogram. Lungs are masked by the model's own segmenter, widened by 5 % of the side and filled from "
                    + "the leftmost to the rightmost lung pixel of each row with the mean grey of the rest; the model's lung "
                    + "map is made anew from the masked picture."
            );
        html.Heading("Limitations")
            .Paragraph(
                "The numbers hold for these images, labels and machines. Labels come from the manifest as they are. "
                    + "Intervals describe the chance of drawing these patients, neither the training nor a change of hospital. "
                    + "Where every image is right, resamples cannot vary: 1.000–1.000 says only that this sample holds no error, and "
                    + "Wilson's interval is the one to read. The score is not a diagnosis."
            );
        if (input.Confounds is null)
            html.Paragraph("Whether the class can be told from outside the lungs was not examined here.");
        string[] files =
        [
            "metrics.json",
            "predictions.csv",
            "hard-cases.csv",
            .. input.Embeddings is null ? (string[])[] : ["embeddings.csv"],
            .. figures.Select(figure => figure.File),
        ];
        html.Paragraph($"Beside this page: {string.Join(", ", files)}.");
    }
}
