using System.Runtime.Versioning;
using System.Text.Json;
using CxrCluster.Imaging.Cohorts;

namespace CxrCluster.Cli.Tests.Scoring;

public sealed class ScoreCommandTests(TinyBundle bundle) : IDisposable
{
    /// <summary>The line that dashboards rely on.</summary>
    private static readonly string[] Names =
    [
        "path",
        "hospital",
        "patientId",
        "sha256",
        "status",
        "probability",
        "label",
        "threshold",
        "model",
        "lungFraction",
        "reason",
        "milliseconds",
    ];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Score_FolderWithManifest_WritesALinePerImageInOrder()
    {
        IReadOnlyList<string> names = TestImages.Write(_folder["images"], 9);
        CohortManifest.Write(_folder["manifest.csv"], TestImages.Rows(names));

        CliResult result = await ScoreAsync(_folder["images"], "--json");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(names.Select(n => Path.Combine(_folder["images"], n)), result.Json.Select(l => Text(l, "path")));
        Assert.Equal(TestImages.Rows(names).Select(r => r.Hospital), result.Json.Select(l => Text(l, "hospital")));
        Assert.All(
            result.Json,
            line =>
            {
                Assert.Equal(Names, line.EnumerateObject().Select(p => p.Name));
                Assert.Equal("scored", Text(line, "status"));
                Assert.InRange(line.GetProperty("probability").GetDouble(), 0, 1);
                Assert.InRange(line.GetProperty("lungFraction").GetDouble(), 0, 1);
                Assert.Equal(0.5, line.GetProperty("threshold").GetDouble());
                Assert.Equal(
                    line.GetProperty("probability").GetDouble() >= 0.5 ? 1 : 0,
                    line.GetProperty("label").GetInt32()
                );
                Assert.Matches("^one@[0-9a-f]{16}$", Text(line, "model"));
                Assert.Matches("^[0-9a-f]{64}$", Text(line, "sha256"));
                Assert.Equal(JsonValueKind.Null, line.GetProperty("reason").ValueKind);
            }
        );
    }

    [Fact]
    public async Task Score_Again_ComesFromTheCatalogue()
    {
        TestImages.Write(_folder["images"], 3);

        CliResult first = await ScoreAsync(_folder["images"], "--json", "--embedding");
        CliResult second = await ScoreAsync(_folder["images"], "--json", "--embedding");

        Assert.All(first.Json, line => Assert.Equal(8, line.GetProperty("embedding").GetArrayLength()));
        Assert.Equal(first.Output, second.Output); // milliseconds included: nothing was computed again
    }

    [Fact]
    public async Task Score_BadFilesAmongGoodOnes_FailsEachWithASentenceAndScoresTheRest()
    {
        string images = _folder["images"];
        IReadOnlyList<string> good = TestImages.Write(images, 2);
        IReadOnlyList<string> bad = BadImages.Write(images);
        File.CreateSymbolicLink(Path.Combine(images, "zz-lost.png"), _folder["nowhere"]);

        CliResult result = await ScoreAsync(images, _folder["no-folder"], "--json");

        Assert.Equal(3, result.ExitCode);
        string[] expected = [.. good.Concat(bad).Append("zz-lost.png").Order(StringComparer.Ordinal), "no-folder"];
        Assert.Equal(expected, result.Json.Select(l => Path.GetFileName(Text(l, "path"))));
        foreach (JsonElement line in result.Json)
        {
            string name = Path.GetFileName(Text(line, "path"))!;
            Assert.Equal(good.Contains(name) ? "scored" : "failed", Text(line, "status"));
            if (!good.Contains(name))
                Assert.Contains(name, Text(line, "reason"), StringComparison.Ordinal);
        }
        Assert.Contains("2 scored", result.Error, StringComparison.Ordinal);
        Assert.Contains("10 failed", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Score_NothingThatCanBeScored_ExitsWithTwo()
    {
        CliResult result = await ScoreAsync(_folder["missing.png"], "--json");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(
            "missing.png: no such file",
            Text(Assert.Single(result.Json), "reason"),
            StringComparison.Ordinal
        );
    }

    [Fact, UnsupportedOSPlatform("windows")]
    public async Task Score_FileThatMayNotBeOpened_FailsThatFileOnly()
    {
        Assert.SkipWhen(Environment.UserName == "root", "root may open every file: run the tests as another user");
        TestImages.Write(_folder["images"], 2);
        File.SetUnixFileMode(_folder["images/img-000.png"], UnixFileMode.None);

        CliResult result = await ScoreAsync(_folder["images"], "--json");

        Assert.Equal(3, result.ExitCode);
        Assert.Equal(["failed", "scored"], result.Json.Select(l => Text(l, "status")));
    }

    [Fact]
    public async Task Score_EqualContentAndRepeatedPaths_GivesEachItsLineAndOneResult()
    {
        TestImages.Write(_folder["images"], 1);
        File.Copy(_folder["images/img-000.png"], _folder["images/copy.png"]);
        File.WriteAllText(_folder["images/bad-a.png"], "no picture");
        File.WriteAllText(_folder["images/bad-b.png"], "no picture");

        CliResult result = await ScoreAsync(_folder["images"], _folder["images/img-000.png"], "--json");

        Assert.Equal(3, result.ExitCode);
        string[] names = ["bad-a.png", "bad-b.png", "copy.png", "img-000.png", "img-000.png"];
        Assert.Equal(names, result.Json.Select(l => Path.GetFileName(Text(l, "path"))));
        Assert.All(
            result.Json.Take(2),
            l => Assert.Contains(Path.GetFileName(Text(l, "path"))!, Text(l, "reason"), StringComparison.Ordinal)
        );
        Assert.Single(result.Json.Skip(2).Select(l => l.GetProperty("probability").GetDouble()).Distinct());
        Assert.Single(result.Json.Skip(2).Select(l => l.GetProperty("milliseconds").GetDouble()).Distinct());
    }

    [Fact]
    public async Task Score_LateralByTheManifest_IsExcludedWithAReason()
    {
        IReadOnlyList<string> names = TestImages.Write(_folder["images"], 1);
        CohortManifest.Write(_folder["manifest.csv"], [TestImages.Rows(names)[0] with { View = "LATERAL" }]);

        CliResult result = await ScoreAsync(_folder["images"], "--json");

        Assert.Equal(0, result.ExitCode);
        JsonElement line = Assert.Single(result.Json);
        Assert.Equal("excluded", Text(line, "status"));
        Assert.Contains("img-000.png", Text(line, "reason"), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, line.GetProperty("probability").ValueKind);
    }

    [Fact]
    public async Task Score_Interrupted_GoesOnWithoutLossOrRepetition()
    {
        TestImages.Write(_folder["images"], 40);
        using var stop = new CancellationTokenSource();
        using var output = new LineCounter(line =>
        {
            if (line == 2)
                stop.Cancel();
        });
        using var error = new StringWriter();

        int code = await Cxr.RunAsync(output, error, [], stop.Token, Arguments(_folder["images"], "--json"));
        CliResult second = await ScoreAsync(_folder["images"], "--json");

        Assert.Equal(130, code);
        Assert.Contains("Run the same command again", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, second.ExitCode);
        Assert.Equal(40, second.Json.Select(l => Text(l, "path")).Distinct().Count());
        Assert.Equal(40, second.Lines.Count);
        Assert.NotEmpty(output.Lines);
        Assert.Equal(output.Lines, second.Lines.Take(output.Lines.Count)); // to the millisecond: not computed again
    }

    [Fact]
    public async Task Score_Table_IsAlignedAndSummedUp()
    {
        TestImages.Write(_folder["images"], 2);

        CliResult result = await ScoreAsync(_folder["images"]);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(3, result.Lines.Count);
        int column = result.Lines[0].IndexOf("hospital", StringComparison.Ordinal);
        Assert.All(result.Lines.Skip(1), l => Assert.Equal("local", l.Substring(column, "local".Length)));
        Assert.Contains("2 inputs: 2 scored", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Score_ExplicitPrecision_KeepsItsScoresApart()
    {
        TestImages.Write(_folder["images"], 1);

        CliResult one = await ScoreAsync(_folder["images"], "--json", "--precision", "float32");
        CliResult two = await ScoreAsync(_folder["images"], "--json", "--precision", "bfloat16");

        double difference =
            one.Json[0].GetProperty("probability").GetDouble() - two.Json[0].GetProperty("probability").GetDouble();
        Assert.NotEqual(0, difference);
        Assert.InRange(difference, -0.05, 0.05);
    }

    [Theory]
    [InlineData("image,hospital,patient_id,label\nimg-000.png,north,p,2\n", "line 2")]
    [InlineData("image,hospital,patient_id,label\nimg-000.png,north,p,1\nimg-000.png,north,p,0\n", "img-000.png")]
    [InlineData("image,hospital\nimg-000.png,north\n", "patient_id")]
    public async Task Score_NamedManifestThatIsWrong_IsRefusedNamingThePlace(string csv, string place)
    {
        TestImages.Write(_folder["images"], 1);
        await File.WriteAllTextAsync(_folder["cohort.csv"], csv, TestContext.Current.CancellationToken);

        CliResult result = await ScoreAsync(_folder["images"], "--manifest", _folder["cohort.csv"]);

        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Contains("cohort.csv", result.Error, StringComparison.Ordinal);
        Assert.Contains(place, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Score_ManifestListsAnImageTwiceAlike_FirstRowCountsAndTheSecondIsReported()
    {
        TestImages.Write(_folder["images"], 1);
        const string Csv = "image,hospital,patient_id,label\nimg-000.png,north,p,1\nimg-000.png,south,q,1\n";
        await File.WriteAllTextAsync(_folder["cohort.csv"], Csv, TestContext.Current.CancellationToken);

        CliResult result = await ScoreAsync(_folder["images"], "--json", "--manifest", _folder["cohort.csv"]);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal("north", Text(Assert.Single(result.Json), "hospital"));
        Assert.Contains("line 3", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Score_FolderThatIsNoBundle_IsRefusedNamingTheMissingFile()
    {
        CliResult result = await Cxr.RunAsync("score", _folder.Root, "--model", _folder["bundle"]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("model.json is missing", result.Error, StringComparison.Ordinal);
    }

    private Task<CliResult> ScoreAsync(params string[] more) => Cxr.RunAsync(Arguments(more));

    private string[] Arguments(params string[] more) =>
        ["score", .. more, "--model", bundle.Path, "--data", _folder["data"]];

    private static string? Text(JsonElement line, string name) => line.GetProperty(name).GetString();
}
