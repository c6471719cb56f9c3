namespace CxrCluster.Synthesis;

/// <summary>What was written: counts over the cohort and where its parts lie.</summary>
/// <param name="ManifestPath">The manifest, one row per image.</param>
/// <param name="ImagesFolder">Folder of the images.</param>
/// <param name="MasksFolder">Folder of the lung masks of the frontal images, 8-bit PNG, 0 or 255.</param>
/// <param name="Hospitals">Counts per hospital, in the order of the hospitals.</param>
/// <param name="Laterals">Images that are lateral views.</param>
/// <param name="Artifacts">Images with a burned-in rectangle.</param>
public sealed record CohortSummary(
    string ManifestPath,
    string ImagesFolder,
    string MasksFolder,
    IReadOnlyList<HospitalSummary> Hospitals,
    int Laterals,
    int Artifacts
)
{
    /// <summary>Patients over all hospitals.</summary>
    public int Patients => Hospitals.Sum(h => h.Patients);

    /// <summary>Images over all hospitals.</summary>
    public int Images => Hospitals.Sum(h => h.Images);

    /// <summary>Images of patients with COVID-19 over all hospitals.</summary>
    public int PositiveImages => Hospitals.Sum(h => h.PositiveImages);
}

/// <summary>One hospital's share of a cohort.</summary>
/// <param name="Name">The hospital's name, as in the manifest.</param>
/// <param name="Patients">Its patients.</param>
/// <param name="PositivePatients">Those of them with COVID-19.</param>
/// <param name="Images">Its images.</param>
/// <param name="PositiveImages">Images of patients with COVID-19.</param>
public sealed record HospitalSummary(string Name, int Patients, int PositivePatients, int Images, int PositiveImages);
