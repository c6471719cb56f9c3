using CxrCluster.Imaging.Cohorts.Datasets;

namespace CxrCluster.Cli.Importing;

/// <summary>The result of `cxr import --json`.</summary>
/// <param name="Manifest">The file written.</param>
/// <param name="Images">Rows of the dataset in it.</param>
/// <param name="Patients">Their patients.</param>
/// <param name="Positives">Images with label 1.</param>
/// <param name="Skipped">Every row that was left out, and why.</param>
internal sealed record ImportLine(
    string Manifest,
    int Images,
    int Patients,
    int Positives,
    IReadOnlyList<SkippedRow> Skipped
)
{
    public ImportLine(string manifest, ImportedCohort cohort)
        : this(
            manifest,
            cohort.Rows.Count,
            cohort.Rows.Select(row => row.PatientId).Distinct(StringComparer.Ordinal).Count(),
            cohort.Rows.Count(row => row.Label == 1),
            cohort.Skipped
        ) { }
}
