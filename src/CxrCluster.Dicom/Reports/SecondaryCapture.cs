using System.Globalization;
using CxrCluster.Imaging.Explanations;

namespace CxrCluster.Dicom.Reports;

/// <summary>
/// The heat map as a picture that every viewer shows: Secondary Capture, 8-bit RGB, with score, model and "not for diagnosis"
/// burned in. Equal input gives equal bytes.
/// </summary>
public static class SecondaryCapture
{
    /// <summary>Secondary Capture Image Storage.</summary>
    public const string SopClass = "1.2.840.10008.5.1.4.1.1.7";

    /// <summary>The picture's SOP instance UID.</summary>
    public static string UidOf(ScoredImage result, SourceImage image) => result.Uid(image, "sc");

    /// <summary>The lines to burn into the picture; they name no patient.</summary>
    public static IReadOnlyList<string> Text(ScoredImage result) =>
        [
            "NOT FOR DIAGNOSIS. Network for research; bright: what raised its number most in this image.",
            string.Create(
                CultureInfo.InvariantCulture,
                $"COVID-19 {(result.IsPositive ? "positive" : "negative")}: probability {result.Probability:0.000}, threshold {result.Threshold:0.000}"
            ),
            $"Model {result.ModelName}@{result.ModelVersion}",
        ];

    /// <summary>The DICOM file of the picture.</summary>
    public static byte[] Write(ScoredImage result, SourceImage image, ColourImage picture)
    {
        string uid = UidOf(result, image);
        return ReportHeader
            .Write(result, image, SopClass, uid, "OT", "sc-series", "CxrCluster heat map, not for diagnosis")
            .Text(0x0008_0008, "CS", @"DERIVED\SECONDARY")
            .Text(0x0008_0064, "CS", "WSD")
            .Text(0x0008_2111, "ST", "Heat map (Grad-CAM) of a network over the preprocessed image. Not for diagnosis.")
            .Sequence(0x0008_2112, image.Reference())
            .Text(0x0018_0015, "CS", "CHEST")
            .Text(0x0018_1016, "LO", OwnOutput.Manufacturer)
            .Text(0x0018_1018, "LO", OwnOutput.ModelName)
            .Text(0x0020_0020, "CS", "")
            .Text(0x0020_4000, "LT", ScoredImage.Caveat)
            .Shorts(0x0028_0002, 3)
            .Text(0x0028_0004, "CS", "RGB")
            .Shorts(0x0028_0006, 0)
            .Shorts(0x0028_0010, picture.Height)
            .Shorts(0x0028_0011, picture.Width)
            .Shorts(0x0028_0100, 8)
            .Shorts(0x0028_0101, 8)
            .Shorts(0x0028_0102, 7)
            .Shorts(0x0028_0103, 0)
            .Text(0x0028_0301, "CS", "YES")
            .Text(0x0028_2110, "CS", "00")
            .Bytes(0x7fe0_0010, "OB", picture.Rgb)
            .ToFile(SopClass, uid);
    }
}
