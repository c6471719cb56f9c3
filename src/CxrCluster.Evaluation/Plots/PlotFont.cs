using ScottPlot;
using SkiaSharp;

namespace CxrCluster.Evaluation.Plots;

/// <summary>The embedded font of all pictures: a plain server has no fonts, and text would be missing or empty boxes.</summary>
internal sealed class PlotFont : IFontResolver
{
    public const string Name = "Open Sans";

    // ScottPlot's fonts are settings of the process; they are made once, before the first figure.
    static PlotFont()
    {
        ScottPlot.Fonts.FontResolvers.Insert(0, new PlotFont());
        ScottPlot.Fonts.Default = Name;
    }

    private PlotFont() { }

    /// <summary>Makes ScottPlot use the font, by running the static constructor.</summary>
    public static void Register() { }

    /// <summary>The typeface for drawing without ScottPlot; the caller disposes it.</summary>
    public static SKTypeface Load(bool bold)
    {
        string file = bold ? "OpenSans-Semibold.ttf" : "OpenSans-Regular.ttf";
        using Stream stream = typeof(PlotFont).Assembly.GetManifestResourceStream(file)!;
        using SKData data = SKData.Create(stream);
        return SKTypeface.FromData(data);
    }

    /// <inheritdoc />
    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing width) =>
        CreateTypeface(fontName, weight >= FontWeight.SemiBold, slant != FontSlant.Upright);

    /// <inheritdoc />
    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) =>
        string.Equals(fontName, Name, StringComparison.Ordinal) ? Load(bold) : null;
}
