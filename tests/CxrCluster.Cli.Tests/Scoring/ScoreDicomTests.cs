using System.Text.Json;
using CxrCluster.Imaging.Cohorts;

namespace CxrCluster.Cli.Tests.Scoring;

public sealed class ScoreDicomTests(TinyBundle bundle) : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Score_SyntheticDicomCohort_ScoresFrontalsAndExcludesLateralsByTheirHeaders()
    {
        CliResult synth = await Cxr.RunAsync(
            "synth",
            "--out",
            _folder["cohort"],
            "--patients",
            "24",
            "--seed",
            "2",
            "--side",
            "96",
            "--format",
            "dicom"
        );
        Assert.Equal(0, synth.ExitCode);

        CliResult result = await Cxr.RunAsync(
            "score",
            _folder["cohort/images"],
            "--model",
            bundle.Path,
            "--data",
            _folder["data"],
            "--json"
        );

        var rows = CohortManifest.Read(_folder["cohort/manifest.csv"]).ToDictionary(r => r.Image);
        Assert.Equal(rows.Count, result.Json.Count);
        Assert.Contains(rows.Values, row => Views.IsLateral(row.View));
        foreach (JsonElement line in result.Json)
        {
            CohortRow row = rows[Path.GetFileName(line.GetProperty("path").GetString()!)];
            Assert.Equal(row.PatientId, line.GetProperty("patientId").GetString());
            if (Views.IsLateral(row.View))
                Assert.Contains("the view is", line.GetProperty("reason").GetString(), StringComparison.Ordinal);
            else if (row.Other["artifact"] == "none")
                Assert.Equal("scored", line.GetProperty("status").GetString());
        }
    }

    [Fact]
    public async Task Preprocess_Dicom_WritesTheSquare()
    {
        await Cxr.RunAsync("synth", "--out", _folder["cohort"], "--patients", "1", "--side", "96", "--format", "dicom");
        string file = Directory.EnumerateFiles(_folder["cohort/images"], "*.dcm").First();

        CliResult result = await Cxr.RunAsync("preprocess", file, "--out", _folder["square.png"], "--side", "64");

        Assert.Equal(0, result.ExitCode);
        Assert.True(File.Exists(_folder["square.png"]));
    }
}
