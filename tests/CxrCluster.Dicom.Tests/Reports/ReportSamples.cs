using System.Text;
using CxrCluster.Dicom.Reports;
using CxrCluster.Dicom.Tests.Support;
using CxrCluster.Imaging.Explanations;

namespace CxrCluster.Dicom.Tests.Reports;

/// <summary>An image with a patient whose name is not ASCII, and a result about it.</summary>
internal static class ReportSamples
{
    public const string PatientName = "Müller^Zoë";

    public static ScoredImage Result { get; } =
        new()
        {
            Hospital = "north",
            Sha256 = new string('a', 64),
            Probability = 0.8734567,
            Threshold = 0.5,
            ModelName = "resnet50-v1",
            ModelVersion = "0123456789abcdef",
            ScoredAt = new DateTimeOffset(2020, 4, 1, 22, 30, 5, 250, TimeSpan.Zero),
        };

    public static DicomBuilder Chest(string syntax = DicomBuilder.Explicit) =>
        DicomBuilder
            .Chest(8, 8, 12, syntax)
            .Text(0x0008_0005, "CS", "ISO_IR 192")
            .Text(0x0008_0016, "UI", "1.2.840.10008.5.1.4.1.1.1")
            .Text(0x0008_0020, "DA", "20200401")
            .Text(0x0008_0030, "TM", "173000")
            .Text(0x0008_0050, "SH", "ACC7")
            .Text(0x0008_0070, "LO", "Some vendor")
            .Bytes(0x0010_0010, "PN", Utf8(PatientName))
            .Text(0x0010_0030, "DA", "19500203")
            .Text(0x0010_0040, "CS", "F")
            .Text(0x0020_000d, "UI", "2.25.1001")
            .Text(0x0020_000e, "UI", "2.25.1002")
            .Text(0x0020_0010, "SH", "S1")
            .Pixels(new int[64]);

    public static SourceImage Source { get; } = SourceImage.Read(Chest().Build(), "chest.dcm");

    public static ColourImage Picture { get; } =
        new(51, 33, [.. Enumerable.Range(0, 51 * 33 * 3).Select(i => (byte)i)]);

    public static byte[] Sr => StructuredReport.Write(Result, Source);

    public static byte[] Sc => SecondaryCapture.Write(Result, Source, Picture);

    private static byte[] Utf8(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return bytes.Length % 2 == 0 ? bytes : [.. bytes, (byte)' '];
    }
}
