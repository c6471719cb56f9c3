using CxrCluster.Contracts.Identity;
using CxrCluster.Imaging.Cohorts;

namespace CxrCluster.Cli.Scoring;

/// <summary>Where an image comes from and what is known about it.</summary>
/// <param name="Label">Truth, 0 or 1; null if unknown.</param>
internal sealed record ImageOrigin(
    HospitalId Hospital,
    string? PatientId = null,
    string? View = null,
    int? Label = null
)
{
    /// <summary>An image about which no manifest says anything.</summary>
    public static ImageOrigin Unknown { get; } = new(new HospitalId("local"));

    /// <summary>What a manifest's row says.</summary>
    /// <exception cref="InvalidManifestException">The hospital is no hospital id.</exception>
    public static ImageOrigin Of(CohortRow row, string manifest) =>
        HospitalId.TryParse(row.Hospital, null, out HospitalId hospital)
            ? new ImageOrigin(hospital, row.PatientId, row.View, row.Label)
            : throw new InvalidManifestException(
                $"{manifest}: the hospital '{row.Hospital}' of {row.Image} cannot be used as an id: "
                    + "write 1 to 32 of a-z, 0-9 and -, starting with a letter or digit."
            );
}
