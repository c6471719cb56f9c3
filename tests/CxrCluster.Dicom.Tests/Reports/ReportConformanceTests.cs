namespace CxrCluster.Dicom.Tests.Reports;

/// <summary>What dcmtk and dicom3tools say of our files.</summary>
public class ReportConformanceTests
{
    public static TheoryData<string> Files => ["SR", "SC"];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Dciodvfy_OurFile_FindsNoErrorAndWarnsOfNothingButOurScheme(string kind)
    {
        (_, string output) = await Checker.RunAsync("dciodvfy", File(kind));

        Assert.DoesNotContain("Error", output, StringComparison.Ordinal);
        // it knows the public coding schemes only
        Assert.All(
            output.Split('\n').Where(line => line.StartsWith("Warning", StringComparison.Ordinal)),
            line => Assert.Matches("Unrecognized defined term <.*> for value 1 of attribute <Coding Scheme", line)
        );
        Assert.Contains(kind == "SR" ? "EnhancedSR" : "SCImage", output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Dcmdump_OurFile_ReadsItToTheEnd(string kind)
    {
        (int code, string output) = await Checker.RunAsync("dcmdump", File(kind), "+U8");

        Assert.Equal(0, code);
        Assert.DoesNotMatch("(?m)^[EF]: ", output);
        Assert.Contains("Little Endian Explicit", output, StringComparison.Ordinal);
        Assert.Contains(ReportSamples.PatientName, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dsrdump_Report_ShowsFindingProbabilityThresholdAndModel()
    {
        (int code, string output) = await Checker.RunAsync("dsrdump", ReportSamples.Sr, "+Pc", "+Pu", "+U8");

        Assert.Equal(0, code);
        Assert.DoesNotMatch("(?m)^[EF]: ", output);
        foreach (
            string expected in (string[])
                [
                    "126000,DCM,\"Imaging Measurement Report\"",
                    "Language of Content Item and Descendants",
                    "\"COVID-19\"",
                    "0.873457",
                    "\"0.5\"",
                    "resnet50-v1",
                    "0123456789abcdef",
                    "10828004,SCT",
                    "2.25.4",
                    "1,UCUM",
                ]
        )
            Assert.Contains(expected, output, StringComparison.Ordinal);
    }

    private static byte[] File(string kind) => kind == "SR" ? ReportSamples.Sr : ReportSamples.Sc;
}
