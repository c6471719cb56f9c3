using CxrCluster.Imaging;

namespace CxrCluster.Dicom;

/// <summary>A DICOM file, read.</summary>
/// <param name="Radiograph">The picture as the sender wants it shown, brighter = denser, pixels square.</param>
/// <param name="Header">What the file says about itself.</param>
public sealed record DicomImage(Radiograph Radiograph, DicomHeader Header);
