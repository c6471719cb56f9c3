using CxrCluster.Evaluation.Metrics;
using CxrCluster.Evaluation.Neighbours;
using CxrCluster.Evaluation.Plots;
using SkiaSharp;

namespace CxrCluster.Evaluation.Tests.Plots;

public sealed class PlotTests
{
    private const string Blue = "#0072B2";
    private const string Ink = "#222222";
    private static readonly SKRectI Title = new(100, 0, 1200, 62);
    private static readonly SKRectI Inside = new(140, 140, 1100, 800);

    private static readonly Prediction[] Cohort = Samples.Cohort(60);

    public static TheoryData<Func<byte[]>, int> Figures { get; } =
        new()
        {
            { () => RocPlot.Render(Cohort, 0.5), 1120 },
            { () => PrecisionRecallPlot.Render(Cohort, 0.5), 1120 },
            { () => HistogramPlot.Render(Cohort, 0.5), 1000 },
            { () => ConfusionPlot.Render(ConfusionMatrix.Of(Cohort, 0.5), 0.5), 1040 },
            { () => RenderMap(Cohort), 1200 },
        };

    public static TheoryData<Prediction[]> Degenerate { get; } =
    [
        Samples.Of((1, 0.7)),
        Samples.Of((0, 0.7)),
        Samples.Of((0, 0.1), (0, 0.2)),
        Samples.Of((1, 0.1), (1, 0.2)),
        Samples.Of((0, 0.5), (1, 0.5)),
    ];

    [Theory]
    [MemberData(nameof(Figures))]
    public void Render_Cohort_HasTitleAndContent(Func<byte[]> render, int height)
    {
        using SKBitmap picture = Picture.Decode(render(), 1200, height);

        Assert.InRange(picture.Count(Ink, Title), 500, 20_000);
        Assert.True(picture.Count("#FFFFFF", Inside) < 0.99 * Inside.Width * Inside.Height, "nothing is drawn");
    }

    [Theory]
    [MemberData(nameof(Degenerate))]
    public void Render_DegenerateInput_DrawsWithoutFailing(Prediction[] predictions)
    {
        foreach (double threshold in new[] { 0, 0.5, 1 })
        {
            ConfusionMatrix matrix = ConfusionMatrix.Of(predictions, threshold);
            Picture.Decode(RocPlot.Render(predictions, threshold), 1200, 1120).Dispose();
            Picture.Decode(PrecisionRecallPlot.Render(predictions, threshold), 1200, 1120).Dispose();
            Picture.Decode(HistogramPlot.Render(predictions, threshold), 1200, 1000).Dispose();
            Picture.Decode(ConfusionPlot.Render(matrix, threshold), 1200, 1040).Dispose();
        }
        Picture.Decode(RenderMap(predictions), 1200, 1200).Dispose();
    }

    [Fact]
    public void Render_OneClass_SaysWhyThereIsNoCurve()
    {
        using SKBitmap picture = Picture.Decode(RocPlot.Render(Samples.Of((1, 0.3), (1, 0.6)), 0.5), 1200, 1120);

        // Grey words in the middle, and no curve.
        Assert.True(picture.Count("#666666", new SKRectI(300, 400, 900, 640)) > 200);
        Assert.Equal(0, picture.Count(Blue));
    }

    [Fact]
    public void Render_Calibration_ShowsTheCurveAndThePerfectLine()
    {
        CalibrationCurve curve = CalibrationCurve.Compute(Samples.Cohort(100));
        using SKBitmap picture = Picture.Decode(CalibrationPlot.Render(curve), 1200, 1120);

        Assert.True(picture.Count(Blue) > 500);
        Assert.True(picture.Count("#666666") > 100);
    }

    [Fact]
    public void Render_CalibrationOfNothing_IsAnEmptyPicture()
    {
        using SKBitmap picture = Picture.Decode(CalibrationPlot.Render(CalibrationCurve.Compute([])), 1200, 1120);

        Assert.True(picture.Width > 0);
    }

    private static byte[] RenderMap(Prediction[] predictions, int iterations = 100) =>
        TSnePlot.Render(
            [.. predictions.Zip(Samples.Embed(predictions), (p, e) => new EmbeddedPrediction(p, e))],
            new TSneOptions { Iterations = iterations },
            TestContext.Current.CancellationToken
        );
}
