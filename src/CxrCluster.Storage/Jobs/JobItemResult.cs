using CxrCluster.Storage.Scores;

namespace CxrCluster.Storage.Jobs;

/// <summary>The final state of one item, to be committed.</summary>
public sealed record JobItemResult(long Ordinal, ScoreRecord Score);
