using System.Text.Json;
using CxrCluster.Imaging.Cohorts;

namespace CxrCluster.Cli.Tests.Evaluating;

public sealed class EvaluateCommandTests(TinyBundle bundle) : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Evaluate_Cohort_WritesTheReportAndItsNumbers()
    {
        WriteCohort(12);

        CliResult result = await RunAsync(bundle.Path);

        Assert.Equal(0, result.ExitCode);
        JsonElement line = Assert.Single(result.Json);
        using JsonDocument metrics = JsonDocument.Parse(
            await File.ReadAllTextAsync(_folder["report/metrics.json"], Cancel)
        );
        foreach (string name in new[] { "n", "positives", "accuracy", "rocAuc" })
            Assert.Equal(metrics.RootElement.GetProperty(name).GetDouble(), line.GetProperty(name).GetDouble());
        Assert.Equal(12, line.GetProperty("n").GetInt32());
        string[] files =
        [
            "report.html",
            "predictions.csv",
            "embeddings.csv",
            "roc.png",
            "confusion.png",
            "similar.png",
        ];
        Assert.All(files, file => Assert.True(File.Exists(_folder[$"report/{file}"]), file));
    }

    [Fact]
    public async Task Evaluate_MissingFiles_AreNamedAndTheRestIsEvaluated()
    {
        IReadOnlyList<string> names = WriteCohort(8);
        File.Delete(_folder[$"images/{names[3]}"]);

        CliResult result = await RunAsync(bundle.Path);

        Assert.Equal(3, result.ExitCode);
        Assert.Contains($"{names[3]}: no such file", result.Error, StringComparison.Ordinal);
        Assert.Equal(7, Assert.Single(result.Json).GetProperty("n").GetInt32());
        Assert.Equal(1, Assert.Single(result.Json).GetProperty("failed").GetInt32());
    }

    [Fact]
    public async Task Evaluate_TwoModels_AddsTheirVote()
    {
        WriteCohort(8);

        CliResult result = await RunAsync(bundle.Path, bundle.Other);

        Assert.Equal(0, result.ExitCode);
        string[] models = [.. result.Json.Select(l => l.GetProperty("model").GetString()!)];
        Assert.Equal(3, models.Length);
        Assert.StartsWith("one@", models[0], StringComparison.Ordinal);
        Assert.StartsWith("two@", models[1], StringComparison.Ordinal);
        Assert.Equal("majority vote", models[2]);
        Assert.True(File.Exists(_folder["report/report.html"]));
        Assert.True(File.Exists(_folder[$"report/models/{models[0]}/report.html"]));
    }

    [Fact]
    public async Task Evaluate_NoImagesFolder_SaysSo()
    {
        WriteCohort(2);
        Directory.Delete(_folder["images"], recursive: true);

        CliResult result = await RunAsync(bundle.Path);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("images: no such folder", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_NothingCanBeScored_ExitsWithTwoAndTheFirstReason()
    {
        IReadOnlyList<string> names = WriteCohort(2);
        foreach (string name in names)
            await File.WriteAllTextAsync(_folder[$"images/{name}"], $"no picture {name}", Cancel);

        CliResult result = await RunAsync(bundle.Path);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("None of the 2 images", result.Error, StringComparison.Ordinal);
        Assert.Contains(names[0], result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["report/report.html"]));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IReadOnlyList<string> WriteCohort(int count)
    {
        IReadOnlyList<string> names = TestImages.Write(_folder["images"], count);
        CohortManifest.Write(_folder["cohort.csv"], TestImages.Rows(names));
        return names;
    }

    private Task<CliResult> RunAsync(params string[] bundles) =>
        Cxr.RunAsync([
            "evaluate",
            .. bundles.SelectMany(b => new[] { "--model", b }),
            "--manifest",
            _folder["cohort.csv"],
            "--images",
            _folder["images"],
            "--out",
            _folder["report"],
            "--data",
            _folder["data"],
            "--json",
        ]);
}
