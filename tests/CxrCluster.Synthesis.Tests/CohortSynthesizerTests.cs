using CxrCluster.Imaging;
using CxrCluster.Imaging.Cohorts;

namespace CxrCluster.Synthesis.Tests;

public sealed class CohortSynthesizerTests
{
    private static readonly SynthesisOptions Small = new()
    {
        Patients = 16,
        Side = 96,
        Seed = 5,
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SynthesisFormat.Png)]
    [InlineData(SynthesisFormat.Dicom)]
    public async Task WriteAsync_SameSeedOneOrManyThreads_GivesEqualBytes(SynthesisFormat format)
    {
        using var folder = new TemporaryFolder();
        var options = Small with { Format = format };

        await new CohortSynthesizer(options with { Parallelism = 1 }).WriteAsync(folder["serial"], null, Cancel);
        await new CohortSynthesizer(options with { Parallelism = 8 }).WriteAsync(folder["parallel"], null, Cancel);

        Assert.Equal(TemporaryFolder.Fingerprint(folder["serial"]), TemporaryFolder.Fingerprint(folder["parallel"]));
    }

    [Fact]
    public async Task WriteAsync_OtherSeed_GivesOtherPictures()
    {
        using var folder = new TemporaryFolder();
        await new CohortSynthesizer(Small).WriteAsync(folder["a"], null, Cancel);
        await new CohortSynthesizer(Small with { Seed = 6 }).WriteAsync(folder["b"], null, Cancel);

        var images = TemporaryFolder.Fingerprint(folder["a/images"]);
        Assert.Empty(images.Intersect(TemporaryFolder.Fingerprint(folder["b/images"]), StringComparer.Ordinal));
    }

    [Fact]
    public async Task WriteAsync_MorePatients_KeepsTheFirstOnes()
    {
        using var folder = new TemporaryFolder();
        await new CohortSynthesizer(Small with { Patients = 8 }).WriteAsync(folder["few"], null, Cancel);
        await new CohortSynthesizer(Small).WriteAsync(folder["many"], null, Cancel);

        var few = TemporaryFolder.Fingerprint(folder["few/images"]);
        var many = TemporaryFolder.Fingerprint(folder["many/images"]);
        Assert.Subset(many.ToHashSet(StringComparer.Ordinal), few.ToHashSet(StringComparer.Ordinal));
        Assert.True(many.Count > few.Count);
    }

    [Theory]
    [InlineData(SynthesisFormat.Png, ".png")]
    [InlineData(SynthesisFormat.Dicom, ".dcm")]
    public async Task WriteAsync_Cohort_HasAManifestThatFitsTheFiles(SynthesisFormat format, string extension)
    {
        using var folder = new TemporaryFolder();
        var options = Small with { Format = format, Patients = 40 };
        var summary = await new CohortSynthesizer(options).WriteAsync(folder["cohort"], null, Cancel);

        var rows = CohortManifest.Read(summary.ManifestPath);
        Assert.Equal(summary.Images, rows.Count);
        Assert.Equal(40, rows.Select(row => row.PatientId).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(summary.PositiveImages, rows.Count(row => row.Label == 1));
        Assert.Equal(summary.Laterals, rows.Count(row => Views.IsLateral(row.View)));
        Assert.Equal(summary.Artifacts, rows.Count(row => row.Other["artifact"] == "rectangle"));
        Assert.Equal(["north", "south", "east", "west"], summary.Hospitals.Select(hospital => hospital.Name));
        Assert.Equal(
            rows.Select(row => row.Image).Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(summary.ImagesFolder).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
        Assert.All(rows, row => Assert.EndsWith(extension, row.Image, StringComparison.Ordinal));
        Assert.Equal(
            rows.Where(row => !Views.IsLateral(row.View))
                .Select(row => Path.ChangeExtension(row.Image, ".png"))
                .Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(summary.MasksFolder).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
        foreach (var row in rows)
        {
            Assert.InRange(double.Parse(row.Other["severity"]), 0, 1);
            Assert.Equal(row.Label == 1, row.Other["pathology"] == "covid-19");
            Assert.NotEmpty(row.Other["device"]);
        }
    }

    [Fact]
    public async Task WriteAsync_PngCohort_ReadsBackWithTheBitsOfTheHospitalAndAMaskOfItsSize()
    {
        using var folder = new TemporaryFolder();
        var summary = await new CohortSynthesizer(Small).WriteAsync(folder["cohort"], null, Cancel);

        foreach (var row in CohortManifest.Read(summary.ManifestPath))
        {
            var radiograph = RadiographReader.ReadFile(Path.Combine(summary.ImagesFolder, row.Image));
            Assert.Equal(row.Hospital is "south" or "west" ? 16 : 8, radiograph.BitDepth);
            if (!Views.IsLateral(row.View))
            {
                var mask = RadiographReader.ReadFile(Path.Combine(summary.MasksFolder, row.Image));
                Assert.Equal((radiograph.Width, radiograph.Height), (mask.Width, mask.Height));
                Assert.All(mask.Pixels, pixel => Assert.True(pixel is 0 or 255));
            }
        }
    }

    [Fact]
    public async Task WriteAsync_FolderOfSomethingElse_IsRefusedAndLeftAlone()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["images"]);
        await File.WriteAllTextAsync(folder["images/north-00001-1.png"], "precious", Cancel);

        var thrown = await Assert.ThrowsAsync<CohortFolderException>(() =>
            new CohortSynthesizer(Small).WriteAsync(folder.Root, null, Cancel)
        );

        Assert.Contains(folder.Root, thrown.Message, StringComparison.Ordinal);
        Assert.Contains("name a new or empty folder", thrown.Message, StringComparison.Ordinal);
        Assert.Equal("precious", await File.ReadAllTextAsync(folder["images/north-00001-1.png"], Cancel));
        Assert.Single(Directory.EnumerateFileSystemEntries(folder.Root));
    }

    [Fact]
    public async Task WriteAsync_AFile_IsRefused()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["cohort"], "text", Cancel);

        await Assert.ThrowsAsync<CohortFolderException>(() =>
            new CohortSynthesizer(Small).WriteAsync(folder["cohort"], null, Cancel)
        );
    }

    [Fact]
    public async Task WriteAsync_EarlierCohort_IsReplacedAndStrangersStay()
    {
        using var folder = new TemporaryFolder();
        await new CohortSynthesizer(Small with { Format = SynthesisFormat.Dicom }).WriteAsync(
            folder["a"],
            null,
            Cancel
        );
        await File.WriteAllTextAsync(folder["a/images/notes.txt"], "mine", Cancel);
        await new CohortSynthesizer(Small with { Patients = 4 }).WriteAsync(folder["a"], null, Cancel);
        await new CohortSynthesizer(Small with { Patients = 4 }).WriteAsync(folder["b"], null, Cancel);

        Assert.Equal("mine", await File.ReadAllTextAsync(folder["a/images/notes.txt"], Cancel));
        File.Delete(folder["a/images/notes.txt"]);
        Assert.Equal(TemporaryFolder.Fingerprint(folder["b"]), TemporaryFolder.Fingerprint(folder["a"]));
    }

    [Fact]
    public async Task WriteAsync_Cancelled_LeavesNoManifestAndCanBeRepeated()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        var progress = new Recorder(done =>
        {
            if (done == 3)
            {
                stop.Cancel();
            }
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new CohortSynthesizer(Small).WriteAsync(folder["a"], progress, stop.Token)
        );

        Assert.False(File.Exists(folder["a/manifest.csv"]));
        await new CohortSynthesizer(Small).WriteAsync(folder["a"], null, Cancel);
        Assert.True(File.Exists(folder["a/manifest.csv"]));
    }

    [Fact]
    public async Task WriteAsync_Progress_CountsEveryImageOnce()
    {
        using var folder = new TemporaryFolder();
        var progress = new Recorder(_ => { });

        var summary = await new CohortSynthesizer(Small).WriteAsync(folder["a"], progress, Cancel);

        Assert.Equal(Enumerable.Range(1, summary.Images), progress.Done);
        Assert.All(progress.Totals, total => Assert.Equal(summary.Images, total));
    }

    private sealed class Recorder(Action<int> onReport) : IProgress<(int Done, int Total)>
    {
        public List<int> Done { get; } = [];

        public List<int> Totals { get; } = [];

        public void Report((int Done, int Total) value)
        {
            Done.Add(value.Done);
            Totals.Add(value.Total);
            onReport(value.Done);
        }
    }
}
