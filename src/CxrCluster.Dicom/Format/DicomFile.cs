namespace CxrCluster.Dicom.Format;

/// <summary>A DICOM file whose structure is sound up to its pixels.</summary>
/// <param name="Syntax">Its transfer syntax.</param>
/// <param name="Data">The elements before the pixels.</param>
/// <param name="Pixels">The pixels; null when it has none.</param>
internal sealed record DicomFile(TransferSyntax Syntax, DicomDataSet Data, PixelElement? Pixels);
