namespace CxrCluster.Evaluation.Sweeps;

/// <summary>The numbers of a sweep.</summary>
/// <param name="Models">Per network and metric, networks in ordinal order of their names.</param>
/// <param name="MajorityVote">
/// The same for the vote of all networks; a network alone votes for itself. The vote's probability is the share of
/// networks that call the image positive; a tie is positive.
/// </param>
/// <param name="PerSplit">Every network and the vote on every split as it is, by split, then name, the vote last.</param>
/// <param name="Differences">Every pair of networks, and each with the vote, per metric.</param>
public sealed record SweepSummary(
    IReadOnlyList<ModelIntervals> Models,
    ModelIntervals MajorityVote,
    IReadOnlyList<SplitMetrics> PerSplit,
    IReadOnlyList<ModelDifference> Differences
);
