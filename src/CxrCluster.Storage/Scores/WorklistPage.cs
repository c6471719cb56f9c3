namespace CxrCluster.Storage.Scores;

/// <summary>A page of the worklist; <paramref name="NextCursor"/> is null on the last one.</summary>
public sealed record WorklistPage(IReadOnlyList<ScoredInstance> Rows, string? NextCursor);
