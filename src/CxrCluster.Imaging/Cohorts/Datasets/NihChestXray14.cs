using System.Globalization;

namespace CxrCluster.Imaging.Cohorts.Datasets;

/// <summary>
/// NIH's ChestX-ray14 (Wang et al. 2017): 112,120 frontal radiographs made years before COVID-19, listed in
/// Data_Entry_2017.csv (or its version of 2020). All are negatives.
/// </summary>
public static class NihChestXray14
{
    /// <summary>The hospital of every row.</summary>
    public const string Hospital = "nih-chestxray14";

    private const string ListFiles = "Data_Entry_2017*.csv";
    private const string Image = "Image Index";
    private static readonly string[] Required = [Image, "Finding Labels", "Patient ID", "View Position"];

    /// <summary>Every listed image that is somewhere below the folder, with label 0.</summary>
    /// <param name="folder">The dataset: the list, and images in images/ or images_001/images/ and so on.</param>
    /// <param name="root">The folder that image names shall be relative to: <paramref name="folder" /> or one above it.</param>
    /// <exception cref="InvalidManifestException">The list is missing or lacks a column.</exception>
    public static ImportedCohort Import(string folder, string root)
    {
        string? list = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, ListFiles).Order(StringComparer.Ordinal).LastOrDefault()
            : null;
        if (list is null)
            throw new InvalidManifestException($"{folder} has no {ListFiles}; give the folder of the dataset.");
        Dictionary<string, string> files = new(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(folder, "*.png", SearchOption.AllDirectories))
            files.TryAdd(Path.GetFileName(file), file);
        return DatasetList.Read(
            list,
            Required,
            value =>
            {
                string image = value(Image) ?? "";
                if (value("Patient ID") is not { } patient)
                    return (null, image, "there is no patient id");
                if (!files.TryGetValue(image, out string? path))
                    return (null, image, SkippedRow.MissingFile);
                return (
                    new CohortRow
                    {
                        Image = DatasetFolder.Relative(root, path),
                        Hospital = Hospital,
                        PatientId = patient,
                        Label = 0,
                        Finding = value("Finding Labels"),
                        View = value("View Position"),
                        Sex = value("Patient Gender"),
                        Age = Age(value("Patient Age")),
                        Source = "NIH ChestX-ray14",
                        Other = new Dictionary<string, string> { ["follow_up"] = value("Follow-up #") ?? "" },
                    },
                    image,
                    ""
                );
            }
        );
    }

    /// <summary>"058Y" of the first version and "58" of the second: 58. Months and days stay as they are.</summary>
    private static string? Age(string? age) =>
        int.TryParse(age?.TrimEnd('Y'), CultureInfo.InvariantCulture, out int years)
            ? years.ToString(CultureInfo.InvariantCulture)
            : age;
}
