using CxrCluster.Evaluation.Bootstrapping;
using CxrCluster.Evaluation.Metrics;

namespace CxrCluster.Evaluation.Sweeps;

/// <summary>One network over all resamples of all splits.</summary>
/// <param name="Model">The network, or "majority vote".</param>
/// <param name="Metrics">One interval per metric, of splits x bootstraps values each: split 0's resamples first.</param>
public sealed record ModelIntervals(string Model, IReadOnlyDictionary<MetricKind, MetricInterval> Metrics)
{
    /// <summary>The interval of one metric.</summary>
    public MetricInterval this[MetricKind kind] => Metrics[kind];
}
