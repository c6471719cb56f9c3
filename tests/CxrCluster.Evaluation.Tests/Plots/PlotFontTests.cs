using CxrCluster.Evaluation.Plots;

namespace CxrCluster.Evaluation.Tests.Plots;

public sealed class PlotFontTests
{
    [Theory]
    [InlineData(false, 400)]
    [InlineData(true, 600)]
    public void Load_EmbeddedFont_IsOpenSans(bool bold, int weight)
    {
        using var typeface = PlotFont.Load(bold);

        Assert.StartsWith(PlotFont.Name, typeface.FamilyName, StringComparison.Ordinal);
        Assert.Equal(weight, typeface.FontWeight);
        Assert.True(typeface.ContainsGlyphs("ROC AUC 0.95 (n = 350) \u2026 %"));
    }

    [Fact]
    public void Register_ScottPlot_ResolvesOurFontNotTheSystems()
    {
        PlotFont.Register();

        Assert.Equal(PlotFont.Name, ScottPlot.Fonts.Default);
        Assert.StartsWith(
            PlotFont.Name,
            ScottPlot.Fonts.GetTypeface(PlotFont.Name, bold: false, italic: false).FamilyName,
            StringComparison.Ordinal
        );
    }
}
