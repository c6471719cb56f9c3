using CxrCluster.Evaluation.Bootstrapping;
using CxrCluster.Evaluation.Metrics;

namespace CxrCluster.Evaluation.Sweeps;

/// <summary>How two networks differ in one metric over the same resamples.</summary>
/// <param name="First">A network.</param>
/// <param name="Second">Another one.</param>
/// <param name="Metric">What is compared.</param>
/// <param name="Difference">First minus second per resample; null where either is not defined.</param>
public sealed record ModelDifference(string First, string Second, MetricKind Metric, MetricInterval Difference)
{
    /// <summary>The interval leaves out 0: the networks differ beyond what resampling explains.</summary>
    public bool Distinct => Difference.Lower > 0 || Difference.Upper < 0;
}
