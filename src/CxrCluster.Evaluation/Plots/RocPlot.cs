using CxrCluster.Evaluation.Metrics;
using ScottPlot;

namespace CxrCluster.Evaluation.Plots;

/// <summary>roc.png: the ROC curve with its area and the operating point.</summary>
public static class RocPlot
{
    /// <summary>PNG, 1200 x 1120 pixels. With one class only, a sentence instead of a curve.</summary>
    public static byte[] Render(IReadOnlyList<Prediction> predictions, double threshold)
    {
        ConfusionMatrix at = ConfusionMatrix.Of(predictions, threshold);
        RocCurve? curve = RocCurve.Compute(predictions);
        string area = curve is null ? "ROC curve" : $"ROC curve: AUC {curve.Auc:0.000}";
        using Plot plot = Figure.Create(
            $"{area} (n = {predictions.Count}, {at.Positives} positive)",
            "1 - specificity",
            "sensitivity"
        );
        Figure.ShowUnitSquare(plot);
        if (curve is null)
            Figure.Explain(plot, "undefined: needs positives and negatives");
        else
        {
            var chance = plot.Add.Line(0, 0, 1, 1);
            chance.LineColor = Figure.Muted;
            chance.LinePattern = LinePattern.Dashed;
            chance.LegendText = "chance";
            double[] x = [.. curve.Points.Select(point => point.FalsePositiveRate)];
            double[] y = [.. curve.Points.Select(point => point.TruePositiveRate)];
            var line = plot.Add.ScatterLine(x, y, Figure.Negative);
            line.LineWidth = 2.5f;
            line.LegendText = "model";
            var point = plot.Add.Marker(
                1 - at.Specificity!.Value,
                at.Sensitivity!.Value,
                MarkerShape.FilledCircle,
                12,
                Figure.Positive
            );
            point.LegendText = $"threshold {threshold:0.###}";
            plot.ShowLegend(Alignment.LowerRight);
        }
        return Figure.Encode(plot, 600, 560);
    }
}
