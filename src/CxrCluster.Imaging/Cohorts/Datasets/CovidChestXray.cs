namespace CxrCluster.Imaging.Cohorts.Datasets;

/// <summary>
/// The covid-chestxray-dataset of Cohen et al. (github.com/ieee8023/covid-chestxray-dataset): images of COVID-19 and other
/// diseases gathered from publications, listed in metadata.csv.
/// </summary>
public static class CovidChestXray
{
    /// <summary>The hospital of every row: the dataset does not say which image comes from which.</summary>
    public const string Hospital = "covid-chestxray";

    private const string ListFile = "metadata.csv";
    private static readonly string[] Required = ["patientid", "finding", "view", "modality", "folder", "filename"];
    private static readonly string[] Unknown = ["todo", "unknown"];
    private static readonly string[] Kept = ["offset", "RT_PCR_positive", "survival", "date", "location"];

    /// <summary>
    /// Radiographs with a finding: label 1 when it names COVID-19, else 0. CT and rows without a finding are skipped. Views
    /// stay as they are (PA, AP, AP Supine, AP Erect, L), so that laterals are excluded later like everyone's.
    /// </summary>
    /// <param name="folder">The dataset: metadata.csv and the folder images.</param>
    /// <param name="root">The folder that image names shall be relative to: <paramref name="folder" /> or one above it.</param>
    /// <exception cref="InvalidManifestException">metadata.csv is missing or lacks a column.</exception>
    public static ImportedCohort Import(string folder, string root) =>
        DatasetList.Read(
            Path.Combine(folder, ListFile),
            Required,
            value =>
            {
                string image = value("filename") ?? "";
                if (value("patientid") is not { } patient)
                    return (null, image, "there is no patient id");
                if (value("modality") is not "X-ray")
                    return (null, image, "it is no radiograph");
                if (value("finding") is not { } finding || Unknown.Contains(finding, StringComparer.OrdinalIgnoreCase))
                    return (null, image, "the finding is not known");
                string path = Path.GetFullPath(Path.Combine(folder, value("folder") ?? "images", image));
                if (image.Length == 0 || !DatasetFolder.Holds(folder, path))
                    return (null, image, "the image's name is none in the dataset's folder");
                if (!File.Exists(path))
                    return (null, image, SkippedRow.MissingFile);
                return (
                    new CohortRow
                    {
                        Image = DatasetFolder.Relative(root, path),
                        Hospital = Hospital,
                        PatientId = patient,
                        Label = finding.Contains("COVID-19", StringComparison.OrdinalIgnoreCase) ? 1 : 0,
                        Finding = finding,
                        View = value("view"),
                        Sex = value("sex"),
                        Age = value("age"),
                        Source = value("url") ?? value("doi"),
                        Licence = value("license"),
                        Other = Kept.ToDictionary(name => name, name => value(name) ?? "", StringComparer.Ordinal),
                    },
                    image,
                    ""
                );
            }
        );
}
