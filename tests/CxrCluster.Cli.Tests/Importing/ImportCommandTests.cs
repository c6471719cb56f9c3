using System.Text.Json;
using CxrCluster.Imaging.Cohorts;

namespace CxrCluster.Cli.Tests.Importing;

public sealed class ImportCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Import_BothDatasets_MakeOneManifestAndNameWhatIsMissing()
    {
        Write(
            "covid/metadata.csv",
            "patientid,finding,view,modality,folder,filename\n"
                + "1,COVID-19,AP,X-ray,images,a.png\n1,COVID-19,AP,X-ray,images,gone.png\n2,todo,AP,X-ray,images,a.png\n"
        );
        Write("covid/images/a.png", "");
        Write(
            "nih/Data_Entry_2017.csv",
            "Image Index,Finding Labels,Follow-up #,Patient ID,Patient Age,Patient Gender,View Position\nn.png,No Finding,0,7,50,M,PA\n"
        );
        Write("nih/images/n.png", "");

        CliResult covid = await ImportAsync("covid-chestxray", "covid", "--json");
        CliResult nih = await ImportAsync("nih-chestxray14", "nih", "--append");
        CliResult again = await ImportAsync("nih-chestxray14", "nih", "--append");

        Assert.Equal(3, covid.ExitCode);
        Assert.Contains(
            "Left out because the image file is not there, 1 of the rows: gone.png (line 3).",
            covid.Error,
            StringComparison.Ordinal
        );
        JsonElement line = Assert.Single(covid.Json);
        Assert.Equal(1, line.GetProperty("positives").GetInt32());
        Assert.Equal(2, line.GetProperty("skipped").GetArrayLength());
        Assert.Equal(0, nih.ExitCode);
        Assert.Equal([_folder["cohort.csv"]], nih.Lines);
        Assert.Equal(2, again.ExitCode);
        Assert.Contains("nih/images/n.png already", again.Error, StringComparison.Ordinal);
        Assert.Equal(
            [("covid/images/a.png", 1), ("nih/images/n.png", 0)],
            CohortManifest.Read(_folder["cohort.csv"]).Select(row => (row.Image, row.Label))
        );
    }

    [Fact]
    public async Task Import_NothingThatFits_WritesNothing()
    {
        Write(
            "covid/metadata.csv",
            "patientid,finding,view,modality,folder,filename\n1,COVID-19,Axial,CT,images,a.png\n"
        );

        CliResult result = await ImportAsync("covid-chestxray", "covid");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("no row came into the cohort", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["cohort.csv"]));
    }

    [Fact]
    public async Task Import_NoSuchFolder_IsRefused()
    {
        CliResult result = await ImportAsync("nih-chestxray14", "none");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("no such folder", result.Error, StringComparison.Ordinal);
    }

    private Task<CliResult> ImportAsync(string dataset, string folder, params string[] more) =>
        Cxr.RunAsync([
            "import",
            dataset,
            _folder[folder],
            "--out",
            _folder["cohort.csv"],
            "--root",
            _folder.Root,
            .. more,
        ]);

    private void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[file])!);
        File.WriteAllText(_folder[file], text);
    }
}
