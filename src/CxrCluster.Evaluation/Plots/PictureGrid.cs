using SkiaSharp;

namespace CxrCluster.Evaluation.Plots;

/// <summary>Pictures in rows and columns, each with what it shows below it.</summary>
public static class PictureGrid
{
    private const int Gap = 28;
    private const int Header = 64;
    private const int LineHeight = 28;
    private const int DetailLines = 4;
    private const int TextHeight = 12 + LineHeight * (1 + DetailLines);

    private static readonly SKColor Ink = SKColor.Parse("#222222");
    private static readonly SKColor Muted = SKColor.Parse("#555555");

    /// <summary>PNG; as square as the number of tiles allows, a little wider than high.</summary>
    /// <param name="title">One line above all.</param>
    /// <param name="tiles">At least one.</param>
    /// <param name="tile">Side of a picture in the grid, pixels.</param>
    public static byte[] Render(string title, IReadOnlyList<GridTile> tiles, int tile = 320)
    {
        int columns = (int)Math.Ceiling(Math.Sqrt(tiles.Count * 1.3));
        columns = (int)Math.Ceiling((double)tiles.Count / Math.Ceiling((double)tiles.Count / columns)); // full rows
        int rows = (tiles.Count + columns - 1) / columns;
        int width = Gap + columns * (tile + Gap);
        using var surface = SKSurface.Create(new SKImageInfo(width, Header + rows * (tile + TextHeight + Gap)));
        SKCanvas canvas = surface.Canvas;
        canvas.Clear(SKColors.White);
        using var pen = new PanelText(canvas);
        pen.Write(title, Gap, 42, width - 2 * Gap, bold: true, Ink);
        for (int i = 0; i < tiles.Count; i++)
        {
            float x = Gap + i % columns * (tile + Gap);
            float y = Header + i / columns * (tile + TextHeight + Gap);
            Draw(canvas, pen, tiles[i], SKRect.Create(x, y, tile, tile));
        }
        using SKImage image = surface.Snapshot();
        using SKData png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    private static void Draw(SKCanvas canvas, PanelText pen, GridTile tile, SKRect place)
    {
        using SKImage picture = SKImage.FromEncodedData(tile.Picture);
        canvas.DrawImage(picture, place, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        float baseline = place.Bottom + LineHeight;
        pen.Write(tile.Heading, place.Left, baseline, place.Width, bold: true, Ink);
        foreach (string line in Wrap(pen, tile.Details, place.Width))
            pen.Write(line, place.Left, baseline += LineHeight, place.Width, bold: false, Muted);
    }

    /// <summary>Fills lines item by item; the last one takes the rest and is cut by the pen.</summary>
    private static List<string> Wrap(PanelText pen, IReadOnlyList<string> items, float width)
    {
        List<string> lines = [];
        foreach (string item in items)
        {
            string longer = lines.Count == 0 ? item : $"{lines[^1]}, {item}";
            if (lines.Count == 0)
                lines.Add(item);
            else if (lines.Count == DetailLines || pen.Fits($"{longer},", width))
                lines[^1] = longer;
            else
            {
                lines[^1] += ",";
                lines.Add(item);
            }
        }
        return lines;
    }
}
