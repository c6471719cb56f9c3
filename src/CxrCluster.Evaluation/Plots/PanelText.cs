using SkiaSharp;

namespace CxrCluster.Evaluation.Plots;

/// <summary>Writes lines of text in the embedded font, cut to the width there is.</summary>
internal sealed class PanelText(SKCanvas canvas) : IDisposable
{
    private const float Size = 22;
    private readonly SKTypeface regularFace = PlotFont.Load(bold: false);
    private readonly SKTypeface boldFace = PlotFont.Load(bold: true);

    public void Write(string text, float x, float baseline, float width, bool bold, SKColor color)
    {
        using var font = new SKFont(bold ? boldFace : regularFace, Size) { Subpixel = true };
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        canvas.DrawText(Fit(text, font, width), x, baseline, SKTextAlign.Left, font, paint);
    }

    /// <summary>Whether a line of regular weight has room.</summary>
    public bool Fits(string text, float width)
    {
        using var font = new SKFont(regularFace, Size) { Subpixel = true };
        return font.MeasureText(text) <= width;
    }

    public void Dispose()
    {
        regularFace.Dispose();
        boldFace.Dispose();
    }

    private static string Fit(string text, SKFont font, float width)
    {
        if (font.MeasureText(text) <= width)
            return text;
        int length = text.Length;
        while (length > 0 && font.MeasureText(string.Concat(text.AsSpan(0, length), "…")) > width)
            length--;
        return string.Concat(text.AsSpan(0, length), "…");
    }
}
