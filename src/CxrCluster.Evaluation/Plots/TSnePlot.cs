using CxrCluster.Evaluation.Bootstrapping;
using CxrCluster.Evaluation.Neighbours;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace CxrCluster.Evaluation.Plots;

/// <summary>tsne.png: the embeddings in two dimensions, by true label.</summary>
public static class TSnePlot
{
    /// <summary>The most images shown: time and memory grow with the square of their number.</summary>
    public const int MostImages = 5000;

    /// <summary>
    /// PNG, 1200 x 1200 pixels. Of more than <see cref="MostImages"/>, that many are drawn at random with the options' seed.
    /// </summary>
    public static byte[] Render(
        IReadOnlyList<EmbeddedPrediction> images,
        TSneOptions options,
        CancellationToken cancellationToken
    )
    {
        int all = images.Count;
        images = Subsample.Of(images, MostImages, options.Seed);
        string shown = images.Count == all ? $"n = {all}" : $"{images.Count} of {all}";
        var positions = TSne.Embed([.. images.Select(image => image.Embedding)], options, cancellationToken);
        using Plot plot = Figure.Create(
            $"t-SNE of the embeddings ({shown})",
            "dimension 1 (no unit)",
            "dimension 2 (no unit)"
        );
        // Shape as well as colour tells the classes apart.
        AddClass(plot, images, positions, 0, Figure.Negative, MarkerShape.FilledCircle, "negative");
        AddClass(plot, images, positions, 1, Figure.Positive, MarkerShape.FilledTriangleUp, "positive");
        plot.HideGrid();
        plot.Axes.Margins(0.05, 0.05);
        plot.Axes.SquareUnits();
        plot.Axes.Bottom.TickGenerator = new EmptyTickGenerator();
        plot.Axes.Left.TickGenerator = new EmptyTickGenerator();
        plot.Legend.Orientation = Orientation.Horizontal;
        plot.ShowLegend(Edge.Bottom);
        return Figure.Encode(plot, 600, 600);
    }

    private static void AddClass(
        Plot plot,
        IReadOnlyList<EmbeddedPrediction> images,
        IReadOnlyList<(double X, double Y)> positions,
        int label,
        Color color,
        MarkerShape shape,
        string name
    )
    {
        Coordinates[] points =
        [
            .. positions
                .Where((_, i) => images[i].Prediction.Label == label)
                .Select(position => new Coordinates(position.X, position.Y)),
        ];
        if (points.Length == 0)
            return;
        var markers = plot.Add.Markers(points, shape, 8, color.WithAlpha(0.8));
        markers.LegendText = $"{name} ({points.Length})";
    }
}
