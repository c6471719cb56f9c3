using CxrCluster.Evaluation.Metrics;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace CxrCluster.Evaluation.Plots;

/// <summary>confusion.png: counts by truth and prediction, shaded by the share of the true class.</summary>
public static class ConfusionPlot
{
    private static readonly Color Empty = Color.FromHex("#F1F6FA");

    /// <summary>PNG, 1200 x 1040 pixels.</summary>
    public static byte[] Render(ConfusionMatrix matrix, double threshold)
    {
        string accuracy = matrix.Accuracy is { } value ? $": accuracy {100 * value:0.0} %" : "";
        using Plot plot = Figure.Create(
            $"Confusion{accuracy} (n = {matrix.Count}, threshold {threshold:0.###})",
            "predicted",
            "truth"
        );
        AddCell(plot, 0, 1, matrix.Tn, matrix.Negatives);
        AddCell(plot, 1, 1, matrix.Fp, matrix.Negatives);
        AddCell(plot, 0, 0, matrix.Fn, matrix.Positives);
        AddCell(plot, 1, 0, matrix.Tp, matrix.Positives);
        plot.Axes.SetLimits(0, 2, 0, 2);
        plot.HideGrid();
        plot.Axes.Bottom.TickGenerator = new NumericManual([0.5, 1.5], ["negative", "positive"]);
        plot.Axes.Left.TickGenerator = new NumericManual([0.5, 1.5], ["positive", "negative"]);
        plot.Axes.Left.TickLabelStyle.Rotation = -90;
        plot.Axes.Left.TickLabelStyle.Alignment = Alignment.LowerCenter;
        return Figure.Encode(plot, 600, 520);
    }

    private static void AddCell(Plot plot, int column, int row, int count, int ofClass)
    {
        double share = ofClass == 0 ? 0 : (double)count / ofClass;
        var cell = plot.Add.Rectangle(column, column + 1, row, row + 1);
        cell.FillColor = Empty.MixedWith(Figure.Negative, share);
        cell.LineColor = Colors.White;
        cell.LineWidth = 3;
        Color ink = share > 0.5 ? Colors.White : Figure.Ink;
        AddText(plot, $"{count}", column + 0.5, row + 0.56, 34, bold: true, ink);
        string ratio = ofClass == 0 ? "no image of this class" : $"{100 * share:0.0} % of {ofClass}";
        AddText(plot, ratio, column + 0.5, row + 0.34, 15, bold: false, ink);
    }

    private static void AddText(Plot plot, string text, double x, double y, float size, bool bold, Color color)
    {
        var label = plot.Add.Text(text, x, y);
        label.LabelFontSize = size;
        label.LabelBold = bold;
        label.LabelFontColor = color;
        label.LabelAlignment = Alignment.MiddleCenter;
    }
}
