namespace CxrCluster.Cli.Terminal;

/// <summary>A curve in one line of text.</summary>
internal static class Sparkline
{
    private const string Levels = "▁▂▃▄▅▆▇█";

    /// <summary>The last <paramref name="width"/> values from the lowest bar (their least) to the highest (their greatest).</summary>
    public static string Of(IReadOnlyList<double> values, int width = 16)
    {
        double[] shown = [.. values.TakeLast(width)];
        if (shown.Length == 0)
            return "";
        (double least, double greatest) = (shown.Min(), shown.Max());
        double step = greatest > least ? (Levels.Length - 1) / (greatest - least) : 0;
        return string.Concat(shown.Select(v => Levels[(int)Math.Round((v - least) * step)]));
    }
}
