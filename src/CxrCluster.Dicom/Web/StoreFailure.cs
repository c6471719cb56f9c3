namespace CxrCluster.Dicom.Web;

/// <summary>An instance that a PACS refused.</summary>
/// <param name="InstanceUid">SOP instance UID; empty when the PACS could not read it.</param>
/// <param name="Reason">Failure reason (0008,1197), PS3.18 table I.2-2; 0 when it gives none.</param>
public sealed record StoreFailure(string InstanceUid, int Reason);
