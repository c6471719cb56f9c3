using CxrCluster.Imaging.Cohorts;

namespace CxrCluster.Learning.Data;

/// <summary>A row that was left out of a training.</summary>
/// <param name="Row">The manifest's row.</param>
/// <param name="Reason">A sentence.</param>
public sealed record SkippedImage(CohortRow Row, string Reason);
