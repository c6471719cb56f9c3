namespace CxrCluster.Imaging.Cohorts.Datasets;

/// <summary>A public dataset as a cohort.</summary>
/// <param name="Rows">The rows that are in it, in the dataset's order.</param>
/// <param name="Skipped">The rows that are not, and why.</param>
public sealed record ImportedCohort(IReadOnlyList<CohortRow> Rows, IReadOnlyList<SkippedRow> Skipped);
