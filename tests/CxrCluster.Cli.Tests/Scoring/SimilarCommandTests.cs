using CxrCluster.Imaging.Cohorts;

namespace CxrCluster.Cli.Tests.Scoring;

public sealed class SimilarCommandTests(TinyBundle bundle) : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Similar_NothingScoredYet_SaysWhatToDo()
    {
        TestImages.Write(_folder.Root, 1);

        CliResult result = await RunAsync("similar", _folder["img-000.png"], "--json");

        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Contains("Score some first", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Similar_AfterScoring_AreTheNearestByEuclideanDistance()
    {
        IReadOnlyList<string> names = TestImages.Write(_folder["images"], 12);
        CohortManifest.Write(_folder["manifest.csv"], TestImages.Rows(names));
        CliResult scored = await RunAsync("score", _folder["images"], "--json", "--embedding");
        float[][] vectors =
        [
            .. scored.Json.Select(l =>
                l.GetProperty("embedding").EnumerateArray().Select(e => e.GetSingle()).ToArray()
            ),
        ];

        CliResult result = await RunAsync("similar", _folder["images/img-003.png"], "-k", "5", "--json");

        Assert.Equal(0, result.ExitCode);
        string[] nearest =
        [
            .. Enumerable
                .Range(0, names.Count)
                .Where(i => i != 3)
                .OrderBy(i => Distance(vectors[i], vectors[3]))
                .Take(5)
                .Select(i => names[i]),
        ];
        Assert.Equal(nearest, result.Json.Select(l => l.GetProperty("image").GetString()));
        Assert.Equal([1, 2, 3, 4, 5], result.Json.Select(l => l.GetProperty("rank").GetInt32()));
        Assert.Equal(
            ["rank", "hospital", "patientId", "image", "distance", "probability", "label"],
            result.Json[0].EnumerateObject().Select(p => p.Name)
        );
    }

    [Fact]
    public async Task Similar_OtherPatients_LeavesOutTheSameOne()
    {
        IReadOnlyList<string> names = TestImages.Write(_folder["images"], 6);
        CohortManifest.Write(_folder["manifest.csv"], TestImages.Rows(names));
        await RunAsync("score", _folder["images"], "--json");

        CliResult result = await RunAsync(
            "similar",
            _folder["images/img-002.png"],
            "--other-patients",
            "-k",
            "9",
            "--json"
        );

        Assert.Equal(4, result.Lines.Count);
        Assert.DoesNotContain("p1", result.Json.Select(l => l.GetProperty("patientId").GetString()));
    }

    [Fact]
    public async Task Similar_Filter_OnlyCasesThatPassIt()
    {
        IReadOnlyList<string> names = TestImages.Write(_folder["images"], 6);
        CohortManifest.Write(
            _folder["manifest.csv"],
            [.. TestImages.Rows(names).Select((row, i) => row with { Label = i % 2, View = i < 3 ? "AP" : "PA" })]
        );
        await RunAsync("score", _folder["images"], "--json");
        string image = _folder["images/img-000.png"];

        CliResult positives = await RunAsync("similar", image, "--label", "1", "--view", "PA", "--json");
        CliResult recent = await RunAsync("similar", image, "--until", "2020-01-01", "--json");
        CliResult wrong = await RunAsync("similar", image, "--from", "2021-01-01", "--until", "2020-01-01");
        CliResult noTime = await RunAsync("similar", image, "--from", "yesterday");

        Assert.Equal([names[3], names[5]], positives.Json.Select(l => l.GetProperty("image").GetString()).Order());
        Assert.Equal(2, recent.ExitCode);
        Assert.Contains("passes --from", recent.Error, StringComparison.Ordinal);
        Assert.Equal(1, wrong.ExitCode);
        Assert.Contains("--from is not before --until", wrong.Error, StringComparison.Ordinal);
        Assert.Equal(1, noTime.ExitCode);
        Assert.Contains("--from is 'yesterday'", noTime.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Similar_FileThatIsNoPicture_SaysSo()
    {
        await File.WriteAllTextAsync(_folder["x.png"], "no picture", TestContext.Current.CancellationToken);

        CliResult result = await RunAsync("similar", _folder["x.png"]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("x.png", result.Error, StringComparison.Ordinal);
    }

    private Task<CliResult> RunAsync(params string[] args) =>
        Cxr.RunAsync([.. args, "--model", bundle.Path, "--data", _folder["data"]]);

    private static double Distance(float[] a, float[] b) => Math.Sqrt(a.Zip(b, (x, y) => Math.Pow(x - y, 2)).Sum());
}
