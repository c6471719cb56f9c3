namespace CxrCluster.Dicom.Web;

/// <summary>An instance as a PACS lists it.</summary>
/// <param name="StudyUid">Study instance UID.</param>
/// <param name="SeriesUid">Series instance UID.</param>
/// <param name="Uid">SOP instance UID.</param>
/// <param name="SopClass">SOP class UID; null when the PACS does not say.</param>
/// <param name="Modality">Modality of its series; null when the PACS does not say.</param>
public sealed record PacsInstance(string StudyUid, string SeriesUid, string Uid, string? SopClass, string? Modality);
