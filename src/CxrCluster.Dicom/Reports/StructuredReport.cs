using System.Globalization;

namespace CxrCluster.Dicom.Reports;

/// <summary>
/// The result as an Enhanced SR of template TID 1500, Measurement Report (PS3.16): whose, made by which device, about which
/// image, the finding, the model's probability of it, the threshold and the model (TID 4019). Equal input gives equal bytes.
/// </summary>
public static class StructuredReport
{
    /// <summary>Enhanced SR Storage.</summary>
    public const string SopClass = "1.2.840.10008.5.1.4.1.1.88.22";

    private const string Contains = "CONTAINS";
    private const string Modifies = "HAS CONCEPT MOD";
    private const string Context = "HAS OBS CONTEXT";

    /// <summary>The report's SOP instance UID.</summary>
    public static string UidOf(ScoredImage result, SourceImage image) => result.Uid(image, "sr");

    /// <summary>The DICOM file of the report.</summary>
    public static byte[] Write(ScoredImage result, SourceImage image)
    {
        string uid = UidOf(result, image);
        DataSetWriter report = ReportHeader.Write(result, image, SopClass, uid, "SR", "sr-series", "CxrCluster result");
        report
            .Sequence(0x0008_1111)
            .Sequence(
                0x0008_0110,
                new DataSetWriter()
                    .Text(0x0008_0102, "SH", Codes.OwnScheme)
                    .Text(0x0008_010c, "UI", ReportUid.Of("CxrCluster", "coding scheme"))
                    .Text(0x0008_0115, "ST", "CxrCluster concepts")
                    .Text(0x0008_0116, "ST", "CxrCluster")
            )
            .Sequence(0x0040_a372)
            .Text(0x0040_a491, "CS", "COMPLETE")
            .Text(0x0040_a493, "CS", "UNVERIFIED")
            .Sequence(
                0x0040_a375,
                new DataSetWriter()
                    .Text(0x0020_000d, "UI", image.Study)
                    .Sequence(
                        0x0008_1115,
                        new DataSetWriter()
                            .Text(0x0020_000e, "UI", image.Series)
                            .Sequence(0x0008_1199, image.Reference())
                    )
            );
        Content(result, image).WriteTo(report);
        return report.ToFile(SopClass, uid);
    }

    private static ContentItem Content(ScoredImage result, SourceImage image) =>
        ContentItem
            .Container(Codes.ImagingMeasurementReport, "1500")
            .With(Modifies, ContentItem.Coded(Codes.Language, Codes.English))
            .With(
                Context,
                ContentItem.Coded(Codes.ObserverType, Codes.Device),
                ContentItem.Uid(Codes.DeviceUid, ReportUid.Of("CxrCluster", "device", result.Hospital)),
                ContentItem.Text(Codes.DeviceName, OwnOutput.ModelName),
                ContentItem.Text(Codes.DeviceManufacturer, OwnOutput.Manufacturer),
                ContentItem.Text(Codes.DeviceModel, result.ModelName),
                ContentItem.Text(Codes.DeviceSerial, result.ModelVersion)
            )
            .With(Modifies, ContentItem.Coded(Codes.ProcedureReported, Codes.ChestRadiography))
            .With(
                Contains,
                ContentItem
                    .Container(Codes.ImageLibrary)
                    .With(
                        Contains,
                        ContentItem
                            .Container(Codes.ImageLibraryGroup)
                            .With(
                                "HAS ACQ CONTEXT",
                                ContentItem.Coded(Codes.Modality, Codes.OfModality(image.Modality))
                            )
                            .With(Contains, ContentItem.Image(null, image))
                    ),
                ContentItem.Container(Codes.ImagingMeasurements).With(Contains, Measurements(result, image))
            );

    private static ContentItem Measurements(ScoredImage result, SourceImage image) =>
        ContentItem
            .Container(Codes.MeasurementGroup, "1501")
            .With(
                Context,
                ContentItem.Text(
                    Codes.TrackingIdentifier,
                    string.Create(CultureInfo.InvariantCulture, $"{result.ModelName}@{result.ModelVersion}")
                ),
                ContentItem.Uid(Codes.TrackingUid, result.Uid(image, "tracking"))
            )
            .With(Contains, ContentItem.Coded(Codes.Finding, Codes.Covid19))
            .With(
                Modifies,
                ContentItem.Coded(Codes.FindingSite, Codes.Lung),
                ContentItem.Text(Codes.AlgorithmName, result.ModelName),
                ContentItem.Text(Codes.AlgorithmVersion, result.ModelVersion),
                ContentItem.Text(
                    Codes.AlgorithmParameters,
                    string.Create(CultureInfo.InvariantCulture, $"threshold {result.Threshold:0.######}")
                )
            )
            .With(
                Contains,
                ContentItem
                    .Number(Codes.Probability, result.Probability, Codes.NoUnits)
                    .With("INFERRED FROM", ContentItem.Image(Codes.SourceOfMeasurement, image)),
                ContentItem.Number(Codes.Threshold, result.Threshold, Codes.NoUnits),
                ContentItem.Coded(Codes.Result, result.IsPositive ? Codes.Positive : Codes.Negative),
                ContentItem.Text(Codes.Caveat, ScoredImage.Caveat)
            );
}
