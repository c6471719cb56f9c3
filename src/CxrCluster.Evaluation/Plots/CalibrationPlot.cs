using CxrCluster.Evaluation.Metrics;
using ScottPlot;

namespace CxrCluster.Evaluation.Plots;

/// <summary>calibration.png: the share of positives against the probability that the model gives.</summary>
public static class CalibrationPlot
{
    /// <summary>PNG, 1200 x 1120 pixels. Bars are Wilson's 95 % intervals.</summary>
    public static byte[] Render(CalibrationCurve curve)
    {
        string error = curve.ExpectedError is { } ece ? $": expected error {ece:0.000}" : "";
        using Plot plot = Figure.Create($"Calibration{error}", "mean probability in the bin", "share of positives");
        Figure.ShowUnitSquare(plot);
        var ideal = plot.Add.Line(0, 0, 1, 1);
        ideal.LineColor = Figure.Muted;
        ideal.LinePattern = LinePattern.Dashed;
        ideal.LegendText = "perfect";
        foreach (CalibrationBin bin in curve.Bins)
        {
            var share = new Proportion((int)Math.Round(bin.PositiveShare * bin.Images), bin.Images);
            var bar = plot.Add.Line(bin.MeanProbability, share.Lower!.Value, bin.MeanProbability, share.Upper!.Value);
            bar.LineColor = Figure.Negative.WithAlpha(0.6);
            bar.LineWidth = 1.5f;
        }
        var line = plot.Add.ScatterLine(
            curve.Bins.Select(bin => new Coordinates(bin.MeanProbability, bin.PositiveShare)).ToArray(),
            Figure.Negative
        );
        line.LineWidth = 2.5f;
        line.MarkerStyle = new MarkerStyle(MarkerShape.FilledCircle, 9, Figure.Negative);
        line.LegendText = "model, with 95 % intervals";
        plot.ShowLegend(Alignment.UpperLeft);
        return Figure.Encode(plot, 600, 560);
    }
}
