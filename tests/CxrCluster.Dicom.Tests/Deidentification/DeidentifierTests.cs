using System.Text;
using CxrCluster.Dicom.Deidentification;
using CxrCluster.Dicom.Format;
using CxrCluster.Dicom.Tests.Reports;
using CxrCluster.Dicom.Tests.Support;
using CxrCluster.Imaging;

namespace CxrCluster.Dicom.Tests.Deidentification;

public class DeidentifierTests
{
    private const string Secret = "SECRET";
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly Deidentifier Project = Make("one");

    public static TheoryData<string> Syntaxes => [DicomBuilder.Explicit, DicomBuilder.Implicit, DicomBuilder.Deflated];

    [Theory]
    [MemberData(nameof(Syntaxes))]
    public void Apply_SecretsAnywhere_NoByteOfThemIsLeft(string syntax)
    {
        (string Vr, int Most)[] texts = [("LO", 64), ("SH", 16), ("PN", 64), ("LT", 200), ("UN", 64), ("OB", 64)];
        for (int seed = 0; seed < 100; seed++)
        {
            Random random = new(seed);
            DicomBuilder builder = ReportSamples.Chest(syntax).Pixels(Samples(random));
            for (int i = 0; i < 30; i++)
                Hide(builder, random, depth: 0);
            // where the profile acts, and a private group (PS3.5 section 7.8)
            builder
                .Text(0x0010_0010, "PN", $"{Secret}^NAME")
                .Text(0x0010_0020, "LO", $"{Secret}-ID")
                .Text(0x0008_0050, "SH", Secret)
                .Text(0x0008_0090, "PN", Secret)
                .Text(0x0009_0010, "LO", Secret)
                .Text(0x0009_1001, "LO", Secret)
                .Sequence(
                    0x0054_0220,
                    item => item.Text(0x0008_0100, "SH", "399348003").Text(0x0040_a123, "PN", Secret)
                );

            byte[] clean = Project.Apply(builder.Build(), "north", "x.dcm");

            Assert.True(clean.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Secret)) < 0, $"seed {seed} leaks");
            Assert.All(
                (string[])["2.25.1001", "2.25.1002", "19500203", "20200401"],
                value => Assert.True(clean.AsSpan().IndexOf(Encoding.ASCII.GetBytes(value)) < 0, value)
            );
        }

        void Hide(DicomBuilder builder, Random random, int depth)
        {
            uint tag = ((uint)random.Next(4, 0x7f00) << 16) | (uint)random.Next(1, 0xffff);
            if (DeidentificationTable.Attributes.ContainsKey(tag))
                return;
            if (depth < 3 && random.Next(3) == 0 && syntax != DicomBuilder.Implicit)
                builder.Sequence(
                    tag,
                    item =>
                    {
                        for (int i = 0; i < 3; i++)
                            Hide(item, random, depth + 1);
                    }
                );
            else
            {
                (string vr, int most) = texts[random.Next(texts.Length)];
                builder.Text(tag, vr, Secret.PadLeft(random.Next(Secret.Length, most), 'x'));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Syntaxes))]
    public void Apply_Pixels_StayAsTheyAre(string syntax)
    {
        int[] samples = Samples(new Random(1));
        byte[] original = ReportSamples.Chest(syntax).Pixels(samples).Build();

        DicomFile clean = DicomParser.Parse(Project.Apply(original, "north", "x.dcm"));

        Assert.Equal(DicomParser.Parse(original).Pixels!.Native.ToArray(), clean.Pixels!.Native.ToArray());
        Assert.Equal(
            (8, 8, 12),
            (
                clean.Data.Short(DicomTags.Rows),
                clean.Data.Short(DicomTags.Columns),
                clean.Data.Short(DicomTags.BitsStored)
            )
        );
        Assert.Equal("YES", clean.Data.Text(0x0012_0062));
    }

    [Fact]
    public void Apply_CompressedPixels_KeepSyntaxOffsetsAndFragments()
    {
        byte[] fragments =
        [
            .. new byte[] { 0xfe, 0xff, 0x00, 0xe0, 4, 0, 0, 0, 0, 0, 0, 0 },
            .. new byte[] { 0xfe, 0xff, 0x00, 0xe0, 4, 0, 0, 0, 0xff, 0xd8, 1, 2 },
            .. new byte[] { 0xfe, 0xff, 0x00, 0xe0, 2, 0, 0, 0, 0xff, 0xd9 },
            .. new byte[] { 0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0 },
        ];
        byte[] file =
        [
            .. ReportSamples.Chest().Without(0x7fe0_0010).Build("1.2.840.10008.1.2.4.70"),
            .. new byte[] { 0xe0, 0x7f, 0x10, 0, (byte)'O', (byte)'B', 0, 0, 0xff, 0xff, 0xff, 0xff },
            .. fragments,
        ];

        byte[] clean = Project.Apply(file, "north", "x.dcm");

        Assert.EndsWith(Convert.ToHexString(fragments), Convert.ToHexString(clean), StringComparison.Ordinal);
        Assert.Equal("1.2.840.10008.1.2.4.70", DicomParser.Parse(clean).Syntax.Uid);
    }

    [Fact]
    public void Apply_TwoFilesOfOneStudy_KeepTheirRelation()
    {
        DicomDataSet first = Clean(ReportSamples.Chest(), "north");
        DicomDataSet second = Clean(ReportSamples.Chest().Text(0x0008_0018, "UI", "2.25.5"), "north");
        DicomDataSet elsewhere = Clean(ReportSamples.Chest(), "south");

        Assert.Equal(first.Text(DicomTags.StudyInstance), second.Text(DicomTags.StudyInstance));
        Assert.Equal(first.Text(DicomTags.PatientId), second.Text(DicomTags.PatientId));
        Assert.NotEqual(first.Text(DicomTags.SopInstance), second.Text(DicomTags.SopInstance));
        Assert.NotEqual(first.Text(DicomTags.StudyInstance), first.Text(DicomTags.SeriesInstance));
        // the same id of another hospital is another patient
        Assert.NotEqual(first.Text(DicomTags.PatientId), elsewhere.Text(DicomTags.PatientId));

        DicomDataSet other = DicomParser.Parse(Make("two").Apply(ReportSamples.Chest().Build(), "north", "x")).Data;
        Assert.NotEqual(first.Text(DicomTags.PatientId), other.Text(DicomTags.PatientId));
        Assert.NotEqual(first.Text(DicomTags.StudyInstance), other.Text(DicomTags.StudyInstance));
    }

    [Theory]
    [MemberData(nameof(Syntaxes))]
    public void Apply_Twice_ChangesNothingMore(string syntax)
    {
        byte[] once = Project.Apply(ReportSamples.Chest(syntax).Build(), "north", "x.dcm");

        Assert.Equal(once, Project.Apply(once, "north", "x.dcm"));
    }

    [Fact]
    public void Apply_AFileThatClaimsToBeClean_IsTreatedAllTheSame()
    {
        byte[] liar = ReportSamples
            .Chest()
            .Text(0x0012_0062, "CS", "YES")
            .Text(0x0010_0020, "LO", "P0123456789ABCDEF0123456789AB")
            .Build();

        DicomDataSet clean = DicomParser.Parse(Project.Apply(liar, "north", "x")).Data;

        Assert.NotEqual("P0123456789ABCDEF0123456789AB", clean.Text(DicomTags.PatientId));
        Assert.NotEqual(ReportSamples.PatientName, clean.Text(0x0010_0010));
    }

    [Fact]
    public void Apply_BurnedInTextOrBigEndian_IsRefusedWithTheRemedy()
    {
        byte[] burned = ReportSamples.Chest().Text(0x0028_0301, "CS", "YES").Build();
        Assert.Contains("burned into its pixels", Refusal(burned), StringComparison.Ordinal);
        Assert.Contains(
            "Explicit VR Little Endian",
            Refusal(ReportSamples.Chest(DicomBuilder.BigEndian).Build()),
            StringComparison.Ordinal
        );
        Assert.Contains("no DICOM file", Refusal("PNG"u8.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dciodvfy_CleanFile_HasNoErrorThatTheOriginalHadNot()
    {
        byte[] original = ReportSamples.Chest().Build();
        (_, string before) = await Checker.RunAsync("dciodvfy", original);
        (_, string after) = await Checker.RunAsync("dciodvfy", Project.Apply(original, "north", "x"));

        Assert.Empty(Errors(after).Except(Errors(before), StringComparer.Ordinal));

        static string[] Errors(string output) =>
            [.. output.Split('\n').Where(line => line.StartsWith("Error", StringComparison.Ordinal))];
    }

    [Fact]
    public void Constructor_ShortKey_Refuses() =>
        Assert.Throws<ArgumentException>(() => new ProjectPseudonyms(new byte[16], "one"));

    private static Deidentifier Make(string project) => new(new ProjectPseudonyms(Key, project));

    private static DicomDataSet Clean(DicomBuilder file, string hospital) =>
        DicomParser.Parse(Project.Apply(file.Build(), hospital, "x")).Data;

    private static string Refusal(byte[] file) =>
        Assert.Throws<UnreadableImageException>(() => Project.Apply(file, "north", "x.dcm")).Message;

    private static int[] Samples(Random random) => [.. Enumerable.Range(0, 64).Select(_ => random.Next(4096))];
}
