using CxrCluster.Storage.Instances;

namespace CxrCluster.Storage.Scores;

/// <summary>An image with its result.</summary>
public sealed record ScoredInstance(InstanceRecord Instance, ScoreRecord Score);
