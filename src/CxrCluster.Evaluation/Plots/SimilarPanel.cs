using SkiaSharp;

namespace CxrCluster.Evaluation.Plots;

/// <summary>similar.png: one row per query, the query first, then its nearest images with their distances.</summary>
public static class SimilarPanel
{
    private const int Tile = 300;
    private const int Gap = 24;
    private const int TextHeight = 62;
    private const int Frame = 6;
    private const int RowHeight = Tile + TextHeight + Gap;
    private const int Header = 56;

    private static readonly SKColor Ink = SKColor.Parse("#222222");
    private static readonly SKColor Muted = SKColor.Parse("#555555");
    private static readonly SKColor Blank = SKColor.Parse("#E5E5E5");

    /// <summary>PNG, 300-pixel tiles. An image that cannot be decoded leaves a grey tile.</summary>
    /// <param name="rows">At least one.</param>
    public static byte[] Render(IReadOnlyList<PanelRow> rows)
    {
        int columns = 1 + rows.Max(row => row.Neighbours.Count);
        int width = Gap + columns * (Tile + Gap) + Gap;
        using var surface = SKSurface.Create(new SKImageInfo(width, Header + rows.Count * RowHeight));
        SKCanvas canvas = surface.Canvas;
        canvas.Clear(SKColors.White);
        using var pen = new PanelText(canvas);
        pen.Write("Query", Gap, 38, Tile, bold: true, Ink);
        pen.Write("Nearest images of other patients, with distance", Left(1), 38, width - Left(1), bold: true, Ink);
        for (int row = 0; row < rows.Count; row++)
        {
            float top = Header + row * RowHeight;
            DrawImage(canvas, pen, rows[row].Query, rows[row].Name, Gap, top);
            for (int i = 0; i < rows[row].Neighbours.Count; i++)
            {
                PanelImage neighbour = rows[row].Neighbours[i];
                DrawImage(canvas, pen, neighbour, $"d = {neighbour.Distance:0.00}", Left(i + 1), top);
            }
        }
        using SKImage image = surface.Snapshot();
        using SKData png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    // The query stands a little apart from its neighbours.
    private static float Left(int column) => Gap + column * (Tile + Gap) + (column > 0 ? Gap : 0);

    private static void DrawImage(SKCanvas canvas, PanelText pen, PanelImage image, string heading, float x, float y)
    {
        var tile = SKRect.Create(x, y, Tile, Tile);
        using SKBitmap? pixels = Decode(image.Pixels);
        using var paint = new SKPaint { IsAntialias = true, Color = pixels is null ? Blank : SKColors.Black };
        canvas.DrawRect(tile, paint);
        if (pixels is null)
            pen.Write("no picture", x + 92, y + Tile / 2f, Tile, bold: false, Muted);
        else
        {
            using SKImage source = SKImage.FromBitmap(pixels);
            SKRect fitted = tile.AspectFit(new SKSize(source.Width, source.Height));
            canvas.DrawImage(source, fitted, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear), paint);
        }

        bool positive = image.Prediction.Label == 1;
        SKColor frame = SKColor.Parse((positive ? Figure.Positive : Figure.Negative).ToHex());
        using var outline = new SKPaint
        {
            Color = frame,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = Frame,
            IsAntialias = true,
        };
        tile.Inflate(-Frame / 2f, -Frame / 2f);
        canvas.DrawRect(tile, outline);
        pen.Write(heading, x, y + Tile + 26, Tile, bold: true, Ink);
        string truth = positive ? "positive" : "negative";
        string detail = $"{truth}, p = {image.Prediction.Probability:0.00}, {image.Prediction.Hospital}";
        pen.Write(detail, x, y + Tile + 54, Tile, bold: false, Muted);
    }

    private static SKBitmap? Decode(byte[]? bytes)
    {
        if (bytes is null)
            return null;
        using SKData data = SKData.CreateCopy(bytes);
        using SKCodec? codec = SKCodec.Create(data);
        return codec is null ? null : SKBitmap.Decode(codec);
    }
}
