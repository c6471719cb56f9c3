using System.Text.Json;
using System.Text.RegularExpressions;
using CxrCluster.Evaluation.Sweeps;

namespace CxrCluster.Evaluation.Tests.Sweeps;

public sealed class SweepReportTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cxr-sweep-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task WriteAsync_SweepFile_HasTheFormOfTheInterface()
    {
        await WriteAsync("a", SweepSamples.Of());

        JsonElement json = JsonSerializer.Deserialize<JsonElement>(Read("a/sweep.json"));
        Assert.Equal(3, json.GetProperty("splits").GetInt32());
        Assert.Equal(20, json.GetProperty("bootstraps").GetInt32());
        string[] metrics = ["accuracy", "sensitivity", "specificity", "precision", "f1", "rocAuc", "prAuc", "brier"];
        foreach (
            JsonElement model in json.GetProperty("models")
                .EnumerateObject()
                .Select(m => m.Value)
                .Append(json.GetProperty("majorityVote"))
        )
        {
            Assert.Equal(metrics, model.EnumerateObject().Select(m => m.Name));
            foreach (JsonProperty metric in model.EnumerateObject())
            {
                Assert.Equal(["mean", "lower", "upper", "values"], metric.Value.EnumerateObject().Select(v => v.Name));
                Assert.Equal(60, metric.Value.GetProperty("values").GetArrayLength());
            }
        }
        Assert.Equal(
            ["resnet34", "resnet50", "vgg16"],
            json.GetProperty("models").EnumerateObject().Select(m => m.Name)
        );
    }

    [Fact]
    public async Task WriteAsync_RunsInAnotherOrder_GivesEqualBytes()
    {
        SweepInput input = SweepSamples.Of();
        await WriteAsync("a", input);
        await WriteAsync("b", input with { Runs = [.. input.Runs.Reverse()] });

        Assert.Equal(Read("a/sweep.json"), Read("b/sweep.json"));
        Assert.Equal(Read("a/report.html"), Read("b/report.html"));
    }

    [Fact]
    public async Task WriteAsync_Page_NeedsNothingBesideItselfAndNamesThePaper()
    {
        await WriteAsync("a", SweepSamples.Of() with { Caution = "<b>Two sources." });

        string html = await File.ReadAllTextAsync(
            Path.Combine(folder.FullName, "a/report.html"),
            TestContext.Current.CancellationToken
        );
        Assert.DoesNotMatch("(?i)<script|<link|@import|https?:|url\\(", html);
        Assert.Equal(8, Regex.Count(html, "<img alt=\"[^\"]+\" src=\"data:image/png;base64,"));
        Assert.Contains("0.897<br>(0.84–0.93)", html, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;Two sources.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", Fixture.WithoutPictures(html), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteAsync_NothingDefined_StillWritesAPage()
    {
        await WriteAsync(
            "a",
            new SweepInput
            {
                Splits = 1,
                Bootstraps = 2,
                Seed = 1,
                Runs = [new("a", 0, Samples.Of((0, 0.1)))],
            }
        );

        Assert.Contains("n/a", System.Text.Encoding.UTF8.GetString(Read("a/report.html")), StringComparison.Ordinal);
    }

    private Task WriteAsync(string name, SweepInput input) =>
        SweepReport.WriteAsync(
            Path.Combine(folder.FullName, name),
            input,
            SweepAnalysis.Compute(input),
            TestContext.Current.CancellationToken
        );

    private byte[] Read(string file) => File.ReadAllBytes(Path.Combine(folder.FullName, file));
}
