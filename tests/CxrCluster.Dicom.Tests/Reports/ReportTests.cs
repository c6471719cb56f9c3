using CxrCluster.Dicom.Format;
using CxrCluster.Dicom.Reports;
using CxrCluster.Dicom.Tests.Support;
using CxrCluster.Imaging;

namespace CxrCluster.Dicom.Tests.Reports;

public class ReportTests
{
    [Fact]
    public void Write_Twice_GivesTheSameBytes()
    {
        Assert.Equal(ReportSamples.Sr, ReportSamples.Sr);
        Assert.Equal(ReportSamples.Sc, ReportSamples.Sc);
    }

    [Fact]
    public void UidOf_AnotherHospitalImageContentOrModel_IsAnother()
    {
        ScoredImage result = ReportSamples.Result;
        SourceImage other = SourceImage.Read(ReportSamples.Chest().Text(0x0008_0018, "UI", "2.25.5").Build(), "x");
        string[] uids =
        [
            StructuredReport.UidOf(result, ReportSamples.Source),
            SecondaryCapture.UidOf(result, ReportSamples.Source),
            StructuredReport.UidOf(result with { Hospital = "south" }, ReportSamples.Source),
            StructuredReport.UidOf(result with { Sha256 = new string('b', 64) }, ReportSamples.Source),
            StructuredReport.UidOf(result with { ModelVersion = "ffff" }, ReportSamples.Source),
            StructuredReport.UidOf(result with { ModelName = "other" }, ReportSamples.Source),
            StructuredReport.UidOf(result, other),
        ];

        Assert.Equal(uids.Length, uids.Distinct().Count());
        Assert.All(uids, uid => Assert.True(uid.Length <= 64 && uid.StartsWith("2.25.", StringComparison.Ordinal)));
        // a result written later is the same object
        Assert.Equal(uids[0], StructuredReport.UidOf(result with { Probability = 0.1 }, ReportSamples.Source));
    }

    [Theory]
    [InlineData(DicomBuilder.Explicit)]
    [InlineData(DicomBuilder.Implicit)]
    [InlineData(DicomBuilder.BigEndian)]
    [InlineData(DicomBuilder.Deflated)]
    public void Write_ImageOfAnySyntax_TakesOverPatientAndStudy(string syntax)
    {
        SourceImage image = SourceImage.Read(ReportSamples.Chest(syntax).Build(), "chest.dcm");

        DicomDataSet report = DicomParser.Parse(StructuredReport.Write(ReportSamples.Result, image)).Data;

        Assert.Equal(ReportSamples.PatientName, report.Text(0x0010_0010));
        Assert.Equal("phantom", report.Text(0x0010_0020));
        Assert.Equal("19500203", report.Text(0x0010_0030));
        Assert.Equal("2.25.1001", report.Text(DicomTags.StudyInstance));
        Assert.NotEqual("2.25.1002", report.Text(DicomTags.SeriesInstance));
        Assert.Equal("20200401", report.Text(0x0008_0023));
        Assert.Equal("223005.250000", report.Text(0x0008_0033));
    }

    [Fact]
    public void Write_ImageWithATimeZone_GivesItsLocalTime()
    {
        SourceImage image = SourceImage.Read(ReportSamples.Chest().Text(0x0008_0201, "SH", "+0300").Build(), "x");

        DicomDataSet report = DicomParser.Parse(StructuredReport.Write(ReportSamples.Result, image)).Data;

        Assert.Equal("+0300", report.Text(0x0008_0201));
        Assert.Equal("20200402", report.Text(0x0008_0023));
        Assert.Equal("013005.250000", report.Text(0x0008_0033));
    }

    [Fact]
    public void Write_Picture_KeepsItsPixels()
    {
        DicomFile file = DicomParser.Parse(ReportSamples.Sc);

        Assert.Equal("RGB", file.Data.Text(DicomTags.Photometric));
        Assert.Equal((33, 51), (file.Data.Short(DicomTags.Rows), file.Data.Short(DicomTags.Columns)));
        Assert.Equal("YES", file.Data.Text(DicomTags.BurnedInAnnotation));
        // odd sizes are padded to even length
        Assert.Equal([.. ReportSamples.Picture.Rgb, 0], file.Pixels!.Native.ToArray());
    }

    [Fact]
    public void Judge_OurOwnFiles_AreExcludedAsOurs()
    {
        DicomEligibility eligibility = new(new DicomOptions());
        foreach (byte[] file in (byte[][])[ReportSamples.Sr, ReportSamples.Sc])
            Assert.Equal(DicomExclusionKind.OwnOutput, eligibility.Judge(DicomHeaderReader.TryRead(file)!)?.Kind);
        Assert.Null(eligibility.Judge(DicomHeaderReader.TryRead(ReportSamples.Chest().Build())!));
    }

    [Fact]
    public void Read_NoDicomFileOrNoStudy_SaysWhy()
    {
        Assert.Contains(
            "no DICOM file",
            Assert.Throws<UnreadableImageException>(() => SourceImage.Read("PNG"u8.ToArray(), "a.png")).Message,
            StringComparison.Ordinal
        );
        byte[] lost = ReportSamples.Chest().Without(0x0020_000d).Build();
        Assert.Contains(
            "lacks one of its UIDs",
            Assert.Throws<UnreadableImageException>(() => SourceImage.Read(lost, "a.dcm")).Message,
            StringComparison.Ordinal
        );
    }
}
