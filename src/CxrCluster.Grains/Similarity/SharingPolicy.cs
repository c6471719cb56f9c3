using CxrCluster.Contracts.Identity;

namespace CxrCluster.Grains.Similarity;

/// <summary>Who may see what of whose cases.</summary>
/// <param name="byHospital">Hospitals with a level of their own.</param>
/// <param name="otherwise">All others.</param>
public sealed class SharingPolicy(IReadOnlyDictionary<HospitalId, SharingLevel> byHospital, SharingLevel otherwise)
{
    /// <summary>What readers of other hospitals may see of this one's cases.</summary>
    public SharingLevel Of(HospitalId hospital) => byHospital.GetValueOrDefault(hospital, otherwise);

    /// <summary>Whether a reader (null: an operator of all hospitals) sees anything of the hospital's cases.</summary>
    public bool MaySee(HospitalId? reader, HospitalId hospital) =>
        reader is null || reader == hospital || Of(hospital) != SharingLevel.Nothing;
}
