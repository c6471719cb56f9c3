using CxrCluster.Evaluation.Metrics;

namespace CxrCluster.Evaluation.Sweeps;

/// <summary>One network on one split's held-out images, not resampled.</summary>
/// <param name="Model">The network, or "majority vote".</param>
public sealed record SplitMetrics(string Model, int Split, ClassificationMetrics Metrics);
