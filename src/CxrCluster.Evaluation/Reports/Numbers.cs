namespace CxrCluster.Evaluation.Reports;

/// <summary>How numbers are printed in a report.</summary>
internal static class Numbers
{
    private const string Undefined = "n/a";

    /// <summary>"89.7", of a ratio 0.897.</summary>
    public static string Percent(double? ratio) => ratio is { } value ? $"{100 * value:0.0}" : Undefined;

    /// <summary>"89.7 (314/350)".</summary>
    public static string PercentOf(int part, int whole) =>
        whole == 0 ? Undefined : $"{100.0 * part / whole:0.0} ({part}/{whole})";

    /// <summary>"89.7 % (314/350)", for sentences.</summary>
    public static string PercentWithCount(int part, int whole) =>
        whole == 0 ? Undefined : $"{100.0 * part / whole:0.0} % ({part}/{whole})";

    /// <summary>"57 (40.4 %)".</summary>
    public static string CountOf(int part, int whole) => whole == 0 ? "0" : $"{part} ({100.0 * part / whole:0.0} %)";

    /// <summary>Three decimals.</summary>
    public static string Decimal(double? value) => value is { } number ? $"{number:0.000}" : Undefined;

    /// <summary>Three decimals with a sign, "0.000" without one.</summary>
    public static string Signed(double value) => $"{value:+0.000;−0.000;0.000}";

    /// <summary>"1 image", "2 images".</summary>
    public static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
