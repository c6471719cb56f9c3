using ScottPlot;
using ScottPlot.TickGenerators;

namespace CxrCluster.Evaluation.Plots;

/// <summary>curves.png: loss and validation area over the epochs of a training, with the epoch that was kept.</summary>
public static class TrainingCurvesPlot
{
    /// <summary>PNG, 1400 x 1000 pixels: the losses on the left axis, the area on the right.</summary>
    /// <param name="epochs">At least one, in order.</param>
    /// <param name="keptEpoch">The epoch whose weights were kept.</param>
    public static byte[] Render(IReadOnlyList<TrainingEpoch> epochs, int keptEpoch)
    {
        using Plot plot = Figure.Create($"Training, epoch {keptEpoch} kept", "epoch", "cross-entropy");
        Add(plot, epochs, e => e.TrainingLoss, Figure.Muted, "training loss");
        Add(plot, epochs, e => e.ValidationLoss, Figure.Negative, "validation loss");
        plot.Axes.SetLimitsY(0, 1.08 * epochs.Max(e => Math.Max(e.TrainingLoss, e.ValidationLoss ?? 0)));
        if (Add(plot, epochs, e => e.ValidationAuc, Figure.Positive, "validation ROC AUC") is { } area)
        {
            area.Axes.YAxis = plot.Axes.Right;
            plot.Axes.Right.Label.Text = "ROC AUC";
            plot.Axes.Right.Label.FontSize = 14;
            plot.Axes.Right.FrameLineStyle.Width = 1;
            plot.Axes.SetLimitsY(Math.Min(0.5, epochs.Min(e => e.ValidationAuc ?? 1)), 1.02, plot.Axes.Right);
        }
        var kept = plot.Add.VerticalLine(keptEpoch, 1.5f, Figure.Ink, LinePattern.Dashed);
        kept.LegendText = "kept";
        plot.Axes.SetLimitsX(0.5, epochs[^1].Epoch + 0.5);
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic { IntegerTicksOnly = true };
        plot.Axes.Bottom.MinorTickStyle.Length = 0;
        plot.Legend.Orientation = Orientation.Horizontal;
        plot.ShowLegend(Edge.Bottom);
        return Figure.Encode(plot, 700, 500);
    }

    private static ScottPlot.Plottables.Scatter? Add(
        Plot plot,
        IReadOnlyList<TrainingEpoch> epochs,
        Func<TrainingEpoch, double?> value,
        Color color,
        string name
    )
    {
        TrainingEpoch[] known = [.. epochs.Where(e => value(e) is not null)];
        if (known.Length == 0)
            return null;
        var line = plot.Add.Scatter(
            known.Select(e => (double)e.Epoch).ToArray(),
            known.Select(e => value(e)!.Value).ToArray(),
            color
        );
        line.LineWidth = 2.5f;
        line.MarkerSize = known.Length > 40 ? 0 : 6;
        line.LegendText = name;
        return line;
    }
}
