using CxrCluster.Evaluation.Metrics;
using ScottPlot;

namespace CxrCluster.Evaluation.Plots;

/// <summary>pr.png: precision against recall with the average precision and the operating point.</summary>
public static class PrecisionRecallPlot
{
    /// <summary>PNG, 1200 x 1120 pixels. Without positives, a sentence instead of a curve.</summary>
    public static byte[] Render(IReadOnlyList<Prediction> predictions, double threshold)
    {
        ConfusionMatrix at = ConfusionMatrix.Of(predictions, threshold);
        PrecisionRecallCurve? curve = PrecisionRecallCurve.Compute(predictions);
        string area = curve is null ? "Precision-recall" : $"Precision-recall: AUC {curve.AveragePrecision:0.000}";
        using Plot plot = Figure.Create(
            $"{area} (n = {predictions.Count}, {at.Positives} positive)",
            "recall (sensitivity)",
            "precision"
        );
        Figure.ShowUnitSquare(plot);
        if (curve is null)
            Figure.Explain(plot, "undefined: needs positives");
        else
        {
            double prevalence = (double)at.Positives / at.Count;
            var chance = plot.Add.Line(0, prevalence, 1, prevalence);
            chance.LineColor = Figure.Muted;
            chance.LinePattern = LinePattern.Dashed;
            chance.LegendText = $"chance ({prevalence:0.00})";
            Coordinates[] steps = [.. Steps(curve)];
            var line = plot.Add.ScatterLine(steps, Figure.Negative);
            line.LineWidth = 2.5f;
            line.LegendText = "model";
            if (at.Precision is { } precision)
            {
                var point = plot.Add.Marker(
                    at.Sensitivity!.Value,
                    precision,
                    MarkerShape.FilledCircle,
                    12,
                    Figure.Positive
                );
                point.LegendText = $"threshold {threshold:0.###}";
            }
            plot.ShowLegend(Alignment.LowerLeft);
        }
        return Figure.Encode(plot, 600, 560);
    }

    // The area under these steps is the average precision.
    private static IEnumerable<Coordinates> Steps(PrecisionRecallCurve curve)
    {
        double recall = 0;
        foreach (PrecisionRecallPoint point in curve.Points)
        {
            yield return new Coordinates(recall, point.Precision);
            yield return new Coordinates(point.Recall, point.Precision);
            recall = point.Recall;
        }
    }
}
