namespace CxrCluster.Dicom.Web;

/// <summary>A series as a PACS lists it.</summary>
/// <param name="StudyUid">Study instance UID.</param>
/// <param name="Uid">Series instance UID.</param>
/// <param name="Modality">"CR", "DX", ...; null when the PACS does not say.</param>
public sealed record PacsSeries(string StudyUid, string Uid, string? Modality);
