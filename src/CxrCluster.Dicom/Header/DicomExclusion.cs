namespace CxrCluster.Dicom;

/// <summary>Why a file is outside the method.</summary>
/// <param name="Kind">Countable.</param>
/// <param name="Cause">A clause for people, without any patient's data: "its modality is 'CT', not CR or DX".</param>
public sealed record DicomExclusion(DicomExclusionKind Kind, string Cause);
