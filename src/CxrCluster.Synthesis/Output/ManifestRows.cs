using CxrCluster.Imaging.Cohorts;
using CxrCluster.Synthesis.Plan;

namespace CxrCluster.Synthesis.Output;

/// <summary>Describes the images of a plan as rows of the manifest.</summary>
internal static class ManifestRows
{
    private static readonly (Devices Device, string Name)[] DeviceNames =
    [
        (Devices.CentralLine, "central-line"),
        (Devices.Pacemaker, "pacemaker"),
        (Devices.EcgLeads, "ecg-leads"),
        (Devices.TrachealTube, "tracheal-tube"),
        (Devices.GastricTube, "gastric-tube"),
    ];

    /// <summary>The row of an image.</summary>
    public static CohortRow Create(ImagePlan image, SynthesisOptions options)
    {
        var patient = image.Patient;
        var (pathology, finding) = Describe(patient.Pathology);
        return new CohortRow
        {
            Image = ImageFile.NameOf(image, options.Format),
            Hospital = patient.Machine.Hospital,
            PatientId = patient.Id,
            Label = patient.Label,
            Finding = finding,
            View = View(image.Projection),
            Sex = patient.Sex.ToString(),
            Age = patient.Age.ToString(),
            Source = $"synthetic (CxrCluster, seed {options.Seed})",
            Licence = "CC0 1.0",
            Other = new Dictionary<string, string>
            {
                ["severity"] = image.Severity.ToString("0.000"),
                ["pathology"] = pathology,
                ["device"] = Describe(image.Devices),
                ["artifact"] = image.Rectangle ? "rectangle" : "none",
            },
        };
    }

    /// <summary>A projection as the manifest and a DICOM view position write it.</summary>
    public static string View(Projection projection) =>
        projection switch
        {
            Projection.AP => "AP",
            Projection.PA => "PA",
            _ => "LATERAL",
        };

    private static (string Pathology, string Finding) Describe(Pathology pathology) =>
        pathology switch
        {
            Pathology.Covid19 => ("covid-19", "COVID-19"),
            Pathology.Pneumonia => ("pneumonia", "Pneumonia, not COVID-19"),
            Pathology.Effusion => ("effusion", "Pleural effusion"),
            Pathology.Edema => ("edema", "Pulmonary edema"),
            Pathology.Nodule => ("nodule", "Nodule"),
            _ => ("normal", "No finding"),
        };

    private static string Describe(Devices devices)
    {
        var names = DeviceNames.Where(d => devices.HasFlag(d.Device)).Select(d => d.Name);
        return devices == Devices.None ? "none" : string.Join('+', names);
    }
}
