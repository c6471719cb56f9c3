using CxrCluster.Evaluation.Bootstrapping;
using CxrCluster.Evaluation.Metrics;
using CxrCluster.Evaluation.Sweeps;

namespace CxrCluster.Cli.Sweeping;

/// <summary>One network's intervals, as `cxr sweep --json` prints them.</summary>
/// <param name="Model">The network, or "majority vote".</param>
/// <param name="Values">Values per metric.</param>
/// <param name="Metrics">Mean and 95 % interval by metric.</param>
internal sealed record SweepLine(string Model, int Values, IReadOnlyDictionary<string, SweepLine.Interval> Metrics)
{
    /// <summary>The line of one network.</summary>
    public static SweepLine Of(ModelIntervals model) =>
        new(
            model.Model,
            model.Metrics.Values.First().Values.Count,
            MetricValues.Kinds.ToDictionary(
                MetricValues.NameOf,
                kind => new Interval(model[kind].Mean, model[kind].Lower, model[kind].Upper)
            )
        );

    /// <summary>Null where the metric is not defined.</summary>
    internal sealed record Interval(double? Mean, double? Lower, double? Upper);
}
