using CxrCluster.Evaluation.Plots;
using SkiaSharp;

namespace CxrCluster.Evaluation.Tests.Plots;

public sealed class SimilarPanelTests
{
    [Fact]
    public void Render_QueryAndNeighbours_DrawsPixelsFramesAndText()
    {
        byte[] png = SimilarPanel.Render([
            new PanelRow("true positive", Image(1, Grey(40, 20)), [Image(0, Grey(20, 40), 1.5), Image(1, null, 2.5)]),
        ]);
        using SKBitmap picture = Picture.Decode(png, 24 + 3 * 324 + 24, 56 + 386);

        // The query is twice as wide as high: half of the tile is its grey, the rest black.
        Assert.InRange(picture.Count("#909090", new SKRectI(24, 56, 324, 356)), 40_000, 45_000);
        Assert.True(picture.Count("#D55E00", new SKRectI(24, 56, 324, 356)) > 5000, "no orange frame at the query");
        Assert.True(picture.Count("#0072B2", new SKRectI(372, 56, 672, 356)) > 5000, "no blue frame at the neighbour");
        Assert.True(picture.Count("#222222", new SKRectI(372, 360, 672, 400)) > 100, "no distance");
    }

    [Fact]
    public void Render_BytesThatAreNoImage_LeavesAGreyTile()
    {
        byte[] png = SimilarPanel.Render([new PanelRow("x", Image(0, [1, 2, 3]), [Image(0, [], 1)])]);
        using SKBitmap picture = SKBitmap.Decode(png);

        Assert.True(picture.Count("#E5E5E5", new SKRectI(24, 56, 324, 356)) > 50_000);
    }

    [Fact]
    public void Render_LongNames_StayWithinTheirColumn()
    {
        var prediction = new Prediction("x.png", new string('w', 200), "p", 0, 0.5);
        byte[] png = SimilarPanel.Render([
            new PanelRow(new string('m', 200), new PanelImage(prediction, null, null), []),
        ]);
        using SKBitmap picture = SKBitmap.Decode(png);

        Assert.Equal(0, picture.Count("#222222", new SKRectI(326, 360, picture.Width, picture.Height)));
    }

    private static PanelImage Image(int label, byte[]? pixels, double? distance = null) =>
        new(new Prediction("x.png", "north", "p", label, 0.8), pixels, distance);

    private static byte[] Grey(int width, int height)
    {
        using var bitmap = new SKBitmap(width, height);
        bitmap.Erase(SKColor.Parse("#909090"));
        using SKData png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }
}
