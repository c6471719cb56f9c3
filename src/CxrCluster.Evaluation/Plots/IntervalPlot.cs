using CxrCluster.Evaluation.Bootstrapping;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace CxrCluster.Evaluation.Plots;

/// <summary>One metric of several models: the density of the resampled values, the 95 % interval and the mean.</summary>
internal static class IntervalPlot
{
    private const int DensitySteps = 80;
    private const double HalfWidth = 0.38;

    /// <summary>PNG, 1200 pixels wide, as high as the models need. Models from top to bottom.</summary>
    /// <param name="orientation">A published interval, drawn as a band; null for none.</param>
    public static byte[] Render(
        string metric,
        IReadOnlyList<(string Model, MetricInterval Interval)> models,
        (double Lower, double Upper)? orientation,
        string orientationName
    )
    {
        using Plot plot = Figure.Create("", metric, "");
        double[] all = [.. models.SelectMany(model => model.Interval.Values.OfType<double>())];
        if (orientation is { } band)
        {
            var span = plot.Add.HorizontalSpan(band.Lower, band.Upper);
            span.FillColor = Figure.Muted.WithAlpha(0.15);
            span.LineWidth = 0;
            span.LegendText = $"{orientationName}: {band.Lower:0.00}–{band.Upper:0.00}";
            all = [.. all, band.Lower, band.Upper];
        }
        for (int i = 0; i < models.Count; i++)
            AddModel(plot, models[i].Interval, models.Count - 1 - i);
        if (all.Length == 0)
            Figure.Explain(plot, "undefined in every resample");
        (double low, double high) = all.Length == 0 ? (0, 1) : (all.Min(), all.Max());
        double air = Math.Max(0.02, 0.05 * (high - low));
        plot.Axes.SetLimits(low - air, high + air, -0.6, models.Count - 0.4);
        plot.Axes.Left.TickGenerator = new NumericManual(
            [.. Enumerable.Range(0, models.Count).Select(i => (double)(models.Count - 1 - i))],
            [.. models.Select(model => model.Model)]
        );
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Grid.YAxisStyle.IsVisible = false;
        if (orientation is not null)
            plot.ShowLegend(Edge.Bottom);
        return Figure.Encode(plot, 600, 150 + 44 * models.Count);
    }

    private static void AddModel(Plot plot, MetricInterval interval, double y)
    {
        if (interval.Mean is not { } mean)
            return;
        double[] values = [.. interval.Values.OfType<double>().Order()];
        if (values[^1] > values[0])
        {
            var density = plot.Add.Polygon(Density(values, y));
            density.FillColor = Figure.Negative.WithAlpha(0.3);
            density.LineWidth = 0;
        }
        var line = plot.Add.Line(interval.Lower!.Value, y, interval.Upper!.Value, y);
        line.LineColor = Figure.Ink;
        line.LineWidth = 2.5f;
        plot.Add.Marker(mean, y, MarkerShape.FilledCircle, 9, Figure.Positive);
    }

    // Gaussian kernel with Silverman's bandwidth, mirrored about the model's line.
    private static Coordinates[] Density(double[] ascending, double y)
    {
        double mean = ascending.Average();
        double sd = Math.Sqrt(ascending.Average(value => (value - mean) * (value - mean)));
        double width = 1.06 * sd * Math.Pow(ascending.Length, -0.2);
        double[] at =
        [
            .. Enumerable
                .Range(0, DensitySteps + 1)
                .Select(i => ascending[0] + (ascending[^1] - ascending[0]) * i / DensitySteps),
        ];
        double[] height =
        [
            .. at.Select(x => ascending.Sum(value => Math.Exp(-0.5 * (x - value) * (x - value) / (width * width)))),
        ];
        double scale = HalfWidth / height.Max();
        return
        [
            .. at.Select((x, i) => new Coordinates(x, y + scale * height[i])),
            .. at.Select((x, i) => new Coordinates(x, y - scale * height[i])).Reverse(),
        ];
    }
}
