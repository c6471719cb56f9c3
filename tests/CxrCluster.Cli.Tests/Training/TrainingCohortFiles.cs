namespace CxrCluster.Cli.Tests.Training;

/// <summary>A small cohort on the disk.</summary>
internal static class TrainingCohortFiles
{
    /// <summary>Writes images/ and cohort.csv; returns the images' names.</summary>
    public static IReadOnlyList<string> Write(TempFolder folder, int count)
    {
        IReadOnlyList<string> names = TestImages.Write(folder["images"], count);
        File.WriteAllLines(
            folder["cohort.csv"],
            [
                "image,hospital,patient_id,label",
                .. TestImages.Rows(names).Select(r => $"{r.Image},{r.Hospital},{r.PatientId},{r.Label}"),
            ]
        );
        return names;
    }
}
