using CxrCluster.Evaluation.Bootstrapping;
using CxrCluster.Evaluation.Metrics;

namespace CxrCluster.Evaluation.Reports;

/// <summary>Metrics in words.</summary>
internal static class MetricText
{
    /// <summary>As in a running sentence or a column header.</summary>
    public static string NameOf(MetricKind kind) =>
        kind switch
        {
            MetricKind.F1 => "F1",
            MetricKind.RocAuc => "ROC AUC",
            MetricKind.PrAuc => "PR AUC",
            MetricKind.Brier => "Brier score",
            _ => MetricValues.NameOf(kind),
        };

    /// <summary>A cell of a table: the estimate, and its 95 % interval on a second line.</summary>
    public static string Interval(double? estimate, double? lower, double? upper) =>
        estimate is null ? "n/a"
        : lower is null ? Numbers.Decimal(estimate)
        : $"{Numbers.Decimal(estimate)}\n({Numbers.Decimal(lower)}–{Numbers.Decimal(upper)})";

    /// <inheritdoc cref="Interval(double?, double?, double?)"/>
    public static string Interval(MetricInterval interval) => Interval(interval.Mean, interval.Lower, interval.Upper);

    /// <summary>A cell for a difference: with signs.</summary>
    public static string Difference(MetricInterval interval) =>
        interval.Mean is null
            ? "n/a"
            : $"{Numbers.Signed(interval.Mean.Value)}\n({Numbers.Signed(interval.Lower!.Value)} to {Numbers.Signed(interval.Upper!.Value)})";

    /// <summary>"0.953 (95 % CI 0.912–0.971)", for sentences.</summary>
    public static string Sentence(double? estimate, double? lower, double? upper) =>
        estimate is null ? "not defined"
        : lower is null ? Numbers.Decimal(estimate)
        : $"{Numbers.Decimal(estimate)} (95 % CI {Numbers.Decimal(lower)}–{Numbers.Decimal(upper)})";

    /// <inheritdoc cref="Sentence(double?, double?, double?)"/>
    public static string Sentence(MetricInterval interval) => Sentence(interval.Mean, interval.Lower, interval.Upper);
}
