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
    public async Task Evaluate_TrainingManifest_GivesTheNeighboursAndLeavesOutEvaluatedPatients()
    {
        IReadOnlyList<string> names = WriteCohort(12);
        List<CohortRow> rows = [.. TestImages.Rows(names)];
        CohortManifest.Write(_folder["all.csv"], rows);
        CohortManifest.Write(_folder["cohort.csv"], [.. rows.Take(4)]);

        CliResult result = await RunMoreAsync(["--train-manifest", _folder["all.csv"]], bundle.Path);

        Assert.Equal(0, result.ExitCode);
        JsonElement metrics = await ReadMetricsAsync();
        Assert.Equal("training images", metrics.GetProperty("neighboursFrom").GetString());
        Assert.Equal(4, metrics.GetProperty("n").GetInt32());
    }

    [Fact]
    public async Task Evaluate_TrainingManifestOfTheSamePatients_SaysSo()
    {
        WriteCohort(4);

        CliResult result = await RunMoreAsync(["--train-manifest", _folder["cohort.csv"]], bundle.Path);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("every patient of it is evaluated", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_Confounds_AreExaminedUnlessUnwanted()
    {
        WriteCohort(12);

        await RunAsync(bundle.Path);
        JsonElement confounds = (await ReadMetricsAsync()).GetProperty("confounds");
        Assert.Equal("border", confounds.GetProperty("probes")[0].GetProperty("from").GetString());
        Assert.Equal(
            12,
            confounds.GetProperty("masked").GetProperty("images").GetInt32()
                + confounds.GetProperty("masked").GetProperty("noLung").GetInt32()
        );

        await RunMoreAsync(["--no-confounds"], bundle.Path);
        Assert.Equal(JsonValueKind.Null, (await ReadMetricsAsync()).GetProperty("confounds").ValueKind);
    }

    [Fact]
    public async Task Evaluate_ColumnHard_GivesTheMetricsOfTheMarkedImages()
    {
        List<CohortRow> rows = [.. TestImages.Rows(WriteCohort(8))];
        rows[2] = rows[2] with { Other = new Dictionary<string, string>(StringComparer.Ordinal) { ["hard"] = "1" } };
        CohortManifest.Write(_folder["cohort.csv"], rows);

        await RunMoreAsync(["--no-confounds"], bundle.Path);

        JsonElement marked = (await ReadMetricsAsync()).GetProperty("hardCases").GetProperty("marked");
        Assert.Equal(1, marked.GetProperty("n").GetInt32());
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

    private async Task<JsonElement> ReadMetricsAsync() =>
        JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(_folder["report/metrics.json"], Cancel));

    private Task<CliResult> RunAsync(params string[] bundles) => RunMoreAsync([], bundles);

    private Task<CliResult> RunMoreAsync(string[] more, params string[] bundles) =>
        Cxr.RunAsync([
            "evaluate",
            .. more,
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
