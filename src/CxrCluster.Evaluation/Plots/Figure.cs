using ScottPlot;
using ScottPlot.TickGenerators;

namespace CxrCluster.Evaluation.Plots;

/// <summary>The common look of the figures.</summary>
internal static class Figure
{
    // Okabe and Ito's palette: told apart with every common colour vision deficiency, and in grey.
    public static readonly Color Negative = Color.FromHex("#0072B2");
    public static readonly Color Positive = Color.FromHex("#D55E00");
    public static readonly Color Ink = Color.FromHex("#222222");
    public static readonly Color Muted = Color.FromHex("#666666");

    // Twice the pixels of the nominal size, for sharp text on dense screens and in print.
    private const int Scale = 2;

    /// <summary>An empty plot with title and axis labels.</summary>
    public static Plot Create(string title, string xLabel, string yLabel)
    {
        PlotFont.Register();
        var plot = new Plot { ScaleFactor = Scale };
        plot.Title(title, size: 15);
        plot.XLabel(xLabel, size: 14);
        plot.YLabel(yLabel, size: 14);
        plot.Axes.Color(Ink);
        plot.Axes.Top.IsVisible = false;
        plot.Axes.Right.FrameLineStyle.Width = 0;
        // Room for the half of the last tick label that hangs over the end of the axis.
        plot.Axes.Right.MinimumSize = 16;
        plot.Axes.Bottom.TickLabelStyle.FontSize = 13;
        plot.Axes.Left.TickLabelStyle.FontSize = 13;
        ((ScottPlot.AxisPanels.AxisBase)plot.Axes.Left).PaddingBetweenTickAndAxisLabels = new PixelPadding(8);
        plot.Grid.MajorLineColor = Color.FromHex("#E5E5E5");
        plot.Legend.FontSize = 13;
        plot.Legend.OutlineColor = Color.FromHex("#CCCCCC");
        plot.Legend.SymbolWidth = 28;
        plot.Legend.ShadowColor = Colors.Transparent;
        return plot;
    }

    /// <summary>Both axes from 0 to 1 with a little air, ticks at fifths.</summary>
    public static void ShowUnitSquare(Plot plot)
    {
        plot.Axes.SetLimits(-0.02, 1.02, -0.02, 1.02);
        plot.Axes.Bottom.TickGenerator = UnitTicks(5);
        plot.Axes.Left.TickGenerator = UnitTicks(5);
    }

    /// <summary>Ticks from 0 to 1, ends included.</summary>
    public static NumericManual UnitTicks(int parts)
    {
        double[] positions = [.. Enumerable.Range(0, parts + 1).Select(i => (double)i / parts)];
        return new NumericManual(positions, [.. positions.Select(position => $"{position:0.0}")]);
    }

    /// <summary>Says in the middle of an empty figure why there is nothing to draw.</summary>
    public static void Explain(Plot plot, string sentence)
    {
        var note = plot.Add.Annotation(sentence, Alignment.MiddleCenter);
        note.LabelFontSize = 14;
        note.LabelFontColor = Muted;
        note.LabelBackgroundColor = Colors.Transparent;
        note.LabelBorderColor = Colors.Transparent;
        note.LabelShadowColor = Colors.Transparent;
    }

    /// <summary>PNG bytes; width and height in nominal pixels.</summary>
    public static byte[] Encode(Plot plot, int width, int height) =>
        plot.GetImageBytes(width * Scale, height * Scale, ImageFormat.Png);
}
