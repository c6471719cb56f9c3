namespace CxrCluster.Cli.Terminal;

/// <summary>Metrics in tables.</summary>
internal static class Figures
{
    private const string Undefined = "-";

    /// <summary>"89.7 %", or "-" where the metric is not defined.</summary>
    public static string Percent(double? fraction) => fraction is { } f ? $"{f * 100:0.0} %" : Undefined;

    /// <summary>"0.953", or "-" where it is not defined.</summary>
    public static string Area(double? area) => area is { } a ? $"{a:0.000}" : Undefined;
}
