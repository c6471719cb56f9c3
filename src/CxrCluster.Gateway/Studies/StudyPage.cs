using CxrCluster.Gateway.Scoring;

namespace CxrCluster.Gateway.Studies;

/// <summary>A page of results, most probable first.</summary>
/// <param name="NextCursor">Where the next page starts; null on the last one.</param>
public sealed record StudyPage(IReadOnlyList<ImageResult> Items, string? NextCursor);
