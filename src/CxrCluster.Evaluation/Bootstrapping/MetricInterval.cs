namespace CxrCluster.Evaluation.Bootstrapping;

/// <summary>What resamples say of one metric.</summary>
/// <param name="Mean">Over the resamples that define the metric; null if none does.</param>
/// <param name="Lower">2.5th percentile of them.</param>
/// <param name="Upper">97.5th percentile of them.</param>
/// <param name="Values">
/// One per resample, in their order. Null where a resample does not define the metric: areas without both classes (the PR
/// area without positives), precision when nothing is called positive.
/// </param>
public sealed record MetricInterval(double? Mean, double? Lower, double? Upper, IReadOnlyList<double?> Values)
{
    /// <summary>Mean and percentile interval of the values that are not null.</summary>
    public static MetricInterval Of(IReadOnlyList<double?> values)
    {
        double[] ascending = [.. values.OfType<double>().Order()];
        return ascending.Length == 0
            ? new MetricInterval(null, null, null, values)
            : new MetricInterval(
                ascending.Average(),
                Percentile.Of(ascending, 0.025),
                Percentile.Of(ascending, 0.975),
                values
            );
    }
}
