using CxrCluster.Evaluation.Metrics;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace CxrCluster.Evaluation.Plots;

/// <summary>histogram.png: how the probabilities of each class are spread, with the threshold.</summary>
public static class HistogramPlot
{
    private const int Bins = 20;

    /// <summary>PNG, 1200 x 1000 pixels.</summary>
    public static byte[] Render(IReadOnlyList<Prediction> predictions, double threshold)
    {
        ScoreHistogram histogram = ScoreHistogram.Compute(predictions, Bins);
        using Plot plot = Figure.Create(
            $"Scores by class (n = {predictions.Count})",
            "probability of COVID-19",
            "images"
        );
        // Side by side in each bin: overlapping colours would make a third one.
        AddBars(plot, histogram.Negatives, 0.25, Figure.Negative, "negative");
        AddBars(plot, histogram.Positives, 0.75, Figure.Positive, "positive");
        var line = plot.Add.VerticalLine(threshold, 2, Figure.Ink, LinePattern.Dashed);
        line.LegendText = $"threshold {threshold:0.###}";
        int highest = histogram.Negatives.Concat(histogram.Positives).Max();
        plot.Axes.SetLimits(-0.01, 1.01, 0, Math.Max(1, highest * 1.08));
        plot.Axes.Bottom.TickGenerator = Figure.UnitTicks(10);
        plot.Axes.Left.TickGenerator = new NumericAutomatic { IntegerTicksOnly = true, TargetTickCount = 6 };
        plot.Axes.Left.MinorTickStyle.Length = 0;
        // Below the axes: every place inside them may hold bars.
        plot.Legend.Orientation = Orientation.Horizontal;
        plot.ShowLegend(Edge.Bottom);
        return Figure.Encode(plot, 600, 500);
    }

    private static void AddBars(Plot plot, IReadOnlyList<int> counts, double offset, Color color, string name)
    {
        Bar[] bars =
        [
            .. counts.Select(
                (count, bin) =>
                    new Bar
                    {
                        Position = (bin + offset) / Bins,
                        Value = count,
                        Size = 0.46 / Bins,
                        FillColor = color,
                        LineWidth = 0,
                    }
            ),
        ];
        plot.Add.Bars(bars).LegendText = $"{name} ({counts.Sum()})";
    }
}
