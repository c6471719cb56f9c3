using CxrCluster.Evaluation.Cohorts;

namespace CxrCluster.Evaluation.Reports;

/// <summary>The images the model has trouble with, and those that radiologists marked as hard.</summary>
internal static class HardCaseSection
{
    // As many as the paper's list has.
    private const int Shown = 22;

    public static void Write(Html html, EvaluationInput input, EvaluationResult result)
    {
        html.Heading("Hard cases");
        if (result.Marked is { } marked)
            html.Paragraph(
                $"{Numbers.Count(marked.N, "image")} marked as hard by radiologists: accuracy "
                    + $"{Numbers.PercentWithCount(marked.Confusion.Tp + marked.Confusion.Tn, marked.N)}, sensitivity "
                    + $"{Numbers.PercentWithCount(marked.Confusion.Tp, marked.Confusion.Positives)} (paper: "
                    + $"{PaperResults.Hard.Images} images, {PaperResults.Hard.Percent} % and {PaperResults.Hard.Percent} %)."
            );
        int wrong = result.Hard.Count(c => c.Wrong);
        html.Paragraph(
            $"{wrong} of {result.Metrics.N} images are on the wrong side of the threshold; {result.Hard.Count - wrong} more "
                + $"are right but within {HardCase.Near:0.0} of it."
        );
        if (result.Hard.Count > 0)
            html.Table(
                (result.Hard.Count <= Shown ? "All of them" : $"The {Shown} hardest of {result.Hard.Count}")
                    + ", by how far the probability is from the label; hard-cases.csv has all",
                ["image", "hospital", "patient", "view", "truth", "called", "marked hard", "probability"],
                result
                    .Hard.Take(Shown)
                    .Select(
                        IReadOnlyList<string> (c) =>
                            [
                                c.Prediction.Image,
                                c.Prediction.Hospital,
                                c.Prediction.PatientId,
                                c.View ?? "unknown",
                                Name(c.Prediction.Label),
                                Name(c.Prediction.Predicted(input.Threshold)),
                                c.Marked ? "yes" : "no",
                                Numbers.Decimal(c.Prediction.Probability),
                            ]
                    ),
                textColumns: 7
            );

        static string Name(int label) => label == 1 ? "positive" : "negative";
    }
}
