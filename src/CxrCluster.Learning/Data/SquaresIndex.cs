using CxrCluster.Imaging.Cohorts;

namespace CxrCluster.Learning.Data;

/// <summary>What a file of squares says of its images, as JSON at its end.</summary>
internal sealed record SquaresIndex(
    IReadOnlyList<CohortRow> Rows,
    IReadOnlyList<SkippedImage> Excluded,
    IReadOnlyList<SkippedImage> Failed
);
