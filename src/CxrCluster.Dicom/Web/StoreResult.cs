namespace CxrCluster.Dicom.Web;

/// <summary>A PACS's answer to STOW-RS (PS3.18 10.5.3).</summary>
/// <param name="Stored">SOP instance UIDs that it took, also those it had already.</param>
/// <param name="Failed">What it refused.</param>
public sealed record StoreResult(IReadOnlyList<string> Stored, IReadOnlyList<StoreFailure> Failed);
