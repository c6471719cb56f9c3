using System.Text.Json;
using CxrCluster.Imaging.Cohorts;

namespace CxrCluster.Cli.Tests.Sweeping;

public sealed class SweepCommandTests(TinyBundle bundle) : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Sweep_SmallCohort_WritesTheIntervalsAndIsResumedOrRefused()
    {
        WriteCohort(28);

        CliResult result = await SweepAsync("--json");

        Assert.True(result.ExitCode == 0, result.Error);
        JsonElement line = Assert.Single(result.Json);
        Assert.Equal(("resnet34", 6), (line.GetProperty("model").GetString(), line.GetProperty("values").GetInt32()));
        byte[] written = await File.ReadAllBytesAsync(_folder["out/sweep.json"], Cancel);
        JsonElement sweep = JsonElement.Parse(written);
        Assert.Equal((2, 3), (sweep.GetProperty("splits").GetInt32(), sweep.GetProperty("bootstraps").GetInt32()));
        foreach (JsonProperty metric in sweep.GetProperty("models").GetProperty("resnet34").EnumerateObject())
            Assert.Equal(6, metric.Value.GetProperty("values").GetArrayLength());
        Assert.True(File.Exists(_folder["out/report.html"]));

        CliResult again = await SweepAsync();
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("--resume", again.Error, StringComparison.Ordinal);

        CliResult other = await SweepAsync("--resume", "--seed", "5");
        Assert.Equal(1, other.ExitCode);
        Assert.Contains("--seed is 5 and was 1", other.Error, StringComparison.Ordinal);

        CliResult resumed = await SweepAsync("--resume");
        Assert.True(resumed.ExitCode == 0, resumed.Error);
        Assert.Equal(written, await File.ReadAllBytesAsync(_folder["out/sweep.json"], Cancel));
    }

    [Fact]
    public async Task Sweep_NothingToResume_IsRefused()
    {
        WriteCohort(28);

        CliResult result = await SweepAsync("--resume");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("no sweep", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sweep_FolderWithAnotherResult_IsRefused()
    {
        WriteCohort(28);
        Directory.CreateDirectory(_folder["out"]);
        await File.WriteAllTextAsync(_folder["out/sweep.json"], "{}", Cancel);

        CliResult result = await SweepAsync();

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("another sweep", result.Error, StringComparison.Ordinal);
        Assert.Equal("{}", await File.ReadAllTextAsync(_folder["out/sweep.json"], Cancel));
    }

    [Theory]
    [InlineData("--archs", "resnet99", "resnet99")]
    [InlineData("--archs", "resnet34,resnet34", "twice")]
    [InlineData("--weights", "resnet50=x.safetensors", "ARCH=FILE")]
    [InlineData("--splits", "0", "--splits")]
    public async Task Sweep_WrongOption_IsRefusedNamingIt(string option, string value, string named)
    {
        WriteCohort(28);

        CliResult result = await SweepAsync(option, value);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(named, result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["out"]));
    }

    [Fact]
    public async Task Sweep_OneClass_IsRefused()
    {
        WriteCohort(28, row => row with { Label = 1 });

        CliResult result = await SweepAsync();

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("both classes", result.Error, StringComparison.Ordinal);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Task<CliResult> SweepAsync(params string[] more)
    {
        List<string> args =
        [
            "sweep",
            "--manifest",
            _folder["cohort.csv"],
            "--images",
            _folder["images"],
            "--segmenter",
            bundle.Segmenter,
            "--out",
            _folder["out"],
        ];
        string[] usual =
        [
            "--archs resnet34",
            "--side 32",
            "--epochs 1",
            "--splits 2",
            "--bootstraps 3",
            "--batch 8",
            "--test 0.3",
        ];
        foreach (string[] option in usual.Select(o => o.Split(' ')).Where(o => !more.Contains(o[0])))
            args.AddRange(option);
        return Cxr.RunAsync([.. args, .. more]);
    }

    private void WriteCohort(int count, Func<CohortRow, CohortRow>? change = null)
    {
        IReadOnlyList<string> names = TestImages.Write(_folder["images"], count);
        File.WriteAllLines(
            _folder["cohort.csv"],
            [
                "image,hospital,patient_id,label",
                .. TestImages
                    .Rows(names)
                    .Select(change ?? (row => row))
                    .Select(r => $"{r.Image},{r.Hospital},{r.PatientId},{r.Label}"),
            ]
        );
    }
}
