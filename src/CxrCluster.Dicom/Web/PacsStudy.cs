namespace CxrCluster.Dicom.Web;

/// <summary>A study as a PACS lists it.</summary>
/// <param name="Uid">Study instance UID: digits and dots, at most 64.</param>
/// <param name="Date">Study date; null when absent or no date.</param>
/// <param name="Modalities">Modalities in the study, as far as the PACS says.</param>
/// <param name="Instances">Number of study related instances; null when the PACS does not count them.</param>
public sealed record PacsStudy(string Uid, DateOnly? Date, IReadOnlyList<string> Modalities, int? Instances);
