using System.Text.Json;
using CxrCluster.Imaging;
using CxrCluster.Imaging.Cohorts;
using CxrCluster.Learning.Bundles;

namespace CxrCluster.Cli.Tests.Training;

public sealed class TrainCommandTests(TinyBundle bundle) : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TrainClassifier_SmallCohort_WritesABundleAndTheHeldOutRows()
    {
        IReadOnlyList<string> names = WriteCohort(24);
        File.Delete(_folder[$"images/{names[0]}"]);

        CliResult result = await TrainAsync(
            "--epochs",
            "1",
            "--side",
            "32",
            "--batch-size",
            "8",
            "--arch",
            "resnet34",
            "--skip-unreadable",
            "--json"
        );

        Assert.Equal(3, result.ExitCode); // one image is missing, and is named
        Assert.Contains(names[0], result.Error, StringComparison.Ordinal);
        JsonElement line = Assert.Single(result.Json);
        Assert.Equal(1, line.GetProperty("failed").GetInt32());
        IReadOnlyList<CohortRow> heldOut = CohortManifest.Read(_folder["bundle.held-out.csv"]);
        Assert.Equal(line.GetProperty("heldOutImages").GetInt32(), heldOut.Count);
        Assert.NotEmpty(heldOut);
        Assert.NotEmpty(ModelBundle.Load(_folder["bundle"]).Manifest.Version); // more files in the folder do no harm
        using JsonDocument history = JsonDocument.Parse(
            await File.ReadAllBytesAsync(_folder["bundle/history.json"], TestContext.Current.CancellationToken)
        );
        Assert.Equal(1, history.RootElement.GetProperty("epochs").GetArrayLength());
        Assert.True(RadiographReader.ReadFile(_folder["bundle/curves.png"]).Width > 1000);
    }

    [Fact]
    public async Task TrainClassifier_UnreadableImages_AreRefusedNamingThem()
    {
        IReadOnlyList<string> names = WriteCohort(24);
        File.Delete(_folder[$"images/{names[0]}"]);
        await File.WriteAllTextAsync(_folder[$"images/{names[5]}"], "x", TestContext.Current.CancellationToken);

        CliResult result = await TrainAsync();

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("2 of 24 images cannot be read", result.Error, StringComparison.Ordinal);
        Assert.Contains(names[0], result.Error, StringComparison.Ordinal);
        Assert.Contains(names[5], result.Error, StringComparison.Ordinal);
        Assert.Contains("--skip-unreadable", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["bundle"]));
    }

    [Fact]
    public async Task TrainClassifier_OneClassOrFewPatients_IsRefused()
    {
        IReadOnlyList<string> names = WriteCohort(18);
        CliResult few = await TrainAsync();
        await File.WriteAllLinesAsync(
            _folder["cohort.csv"],
            ["image,hospital,patient_id,label", .. names.Select((n, i) => $"{n},north,p{i},1")],
            TestContext.Current.CancellationToken
        );
        CliResult one = await TrainAsync();

        Assert.Equal((2, 2), (few.ExitCode, one.ExitCode));
        Assert.Contains("9 patients", few.Error, StringComparison.Ordinal);
        Assert.Contains("needs both classes", one.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TrainClassifier_WeightsOfAnotherNetwork_AreRefusedNamingTheFile()
    {
        WriteCohort(24);

        CliResult result = await TrainAsync("--weights", bundle.Segmenter, "--side", "32");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(Path.GetFileName(bundle.Segmenter), result.Error, StringComparison.Ordinal);
        Assert.Contains("does not fit the network", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["bundle"]));
    }

    [Fact]
    public async Task TrainClassifier_LabelThatIsNoLabel_IsRefusedNamingTheLine()
    {
        WriteCohort(2);
        await File.AppendAllTextAsync(
            _folder["cohort.csv"],
            "x.png,north,p9,maybe\n",
            TestContext.Current.CancellationToken
        );

        CliResult result = await TrainAsync();

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("cohort.csv", result.Error, StringComparison.Ordinal);
        Assert.Contains("line 4", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task TrainClassifier_NoneOfTheImagesIsThere_IsRefused()
    {
        WriteCohort(24);
        Directory.Delete(_folder["images"], recursive: true);

        CliResult result = await TrainAsync();

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("images", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["bundle"]));
    }

    [Fact]
    public async Task TrainClassifier_SegmenterThatIsNone_IsRefusedNamingIt()
    {
        WriteCohort(24);
        await File.WriteAllTextAsync(_folder["s.safetensors"], "no weights", TestContext.Current.CancellationToken);

        CliResult result = await TrainWithAsync(_folder["s.safetensors"]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("s.safetensors", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TrainSegmenter_MissingFolder_IsRefusedNamingIt()
    {
        CliResult result = await Cxr.RunAsync(
            "train",
            "segmenter",
            "--images",
            _folder["nowhere"],
            "--masks",
            _folder["nowhere"],
            "--out",
            _folder["s.safetensors"]
        );

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("nowhere does not exist", result.Error, StringComparison.Ordinal);
    }

    private IReadOnlyList<string> WriteCohort(int count) => TrainingCohortFiles.Write(_folder, count);

    private Task<CliResult> TrainAsync(params string[] more) => TrainWithAsync(bundle.Segmenter, more);

    private Task<CliResult> TrainWithAsync(string segmenter, params string[] more) =>
        Cxr.RunAsync([
            "train",
            "classifier",
            "--manifest",
            _folder["cohort.csv"],
            "--images",
            _folder["images"],
            "--segmenter",
            segmenter,
            "--out",
            _folder["bundle"],
            .. more,
        ]);
}
