namespace CxrCluster.Imaging;

/// <summary>Where a picture came from, for messages, audit and duplicate detection.</summary>
/// <param name="Name">The name it was given with: a path, an upload's file name or a SOP instance UID.</param>
/// <param name="Format">The encoding found in the bytes, not in the name: PNG, JPEG, TIFF, BMP, or DICOM.</param>
/// <param name="Sha256">Lower-case hexadecimal SHA-256 of the encoded bytes (64 digits).</param>
public sealed record ImageProvenance(string Name, string Format, string Sha256)
{
    /// <summary>EXIF orientation (1..8) that was undone while reading; 1 when the pixels were stored upright.</summary>
    public int AppliedOrientation { get; init; } = 1;
}
