namespace CxrCluster.Evaluation.Metrics;

/// <summary>One number per <see cref="MetricKind"/>; null where the data do not define it.</summary>
public sealed class MetricValues
{
    private readonly double?[] values;

    /// <summary>The metrics of one set of predictions.</summary>
    public MetricValues(ConfusionMatrix confusion, double? rocAuc, double? prAuc, double? brier) =>
        values = [
            confusion.Accuracy,
            confusion.Sensitivity,
            confusion.Specificity,
            confusion.Precision,
            confusion.F1,
            rocAuc,
            prAuc,
            brier,
        ];

    /// <summary>All kinds, in order.</summary>
    public static IReadOnlyList<MetricKind> Kinds { get; } = Enum.GetValues<MetricKind>();

    /// <summary>The number of one metric.</summary>
    public double? this[MetricKind kind] => values[(int)kind];

    /// <summary>The name of a metric in JSON files, such as "rocAuc".</summary>
    public static string NameOf(MetricKind kind) =>
        System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());
}
