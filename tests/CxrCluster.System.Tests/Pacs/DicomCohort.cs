using CxrCluster.Imaging.Cohorts;
using CxrCluster.Synthesis;

namespace CxrCluster.System.Tests.Pacs;

/// <summary>Synthetic studies in folders named after hospitals, and what must become of them: mixed syntaxes, laterals, and
/// files whose header lies about the pixels.</summary>
internal sealed class DicomCohort
{
    private const int HostileEvery = 50;

    private readonly Dictionary<string, List<(string File, string Kind)>> _truth = new(StringComparer.Ordinal);

    private DicomCohort(string folder) => Folder = folder;

    /// <summary>With a folder per hospital.</summary>
    public string Folder { get; }

    /// <summary>Kinds are "frontal", "lateral" and "hostile".</summary>
    public int Count(string hospital, params string[] kinds) =>
        _truth[hospital].Count(t => kinds.Length == 0 || kinds.Contains(t.Kind, StringComparer.Ordinal));

    public static async Task<DicomCohort> WriteAsync(string folder, int studies, CancellationToken cancellationToken)
    {
        string synthetic = Path.Combine(folder, "synthetic");
        var options = new SynthesisOptions
        {
            Patients = (studies * 4 * 2 / 3) + 8,
            Side = 256,
            Seed = 12,
            Format = SynthesisFormat.Dicom,
        };
        await new CohortSynthesizer(options).WriteAsync(synthetic, null, cancellationToken);
        var cohort = new DicomCohort(Path.Combine(folder, "studies"));
        IReadOnlyList<CohortRow> rows = CohortManifest.Read(Path.Combine(synthetic, "manifest.csv"), (_, _) => { });
        foreach (IGrouping<string, CohortRow> hospital in rows.GroupBy(r => r.Hospital, StringComparer.Ordinal))
        {
            Directory.CreateDirectory(Path.Combine(cohort.Folder, hospital.Key));
            cohort._truth[hospital.Key] = [];
            int number = 0;
            foreach (CohortRow row in hospital.Take(studies))
                await cohort.AddAsync(Path.Combine(synthetic, "images", row.Image), row, number++);
        }
        return cohort;
    }

    private async Task AddAsync(string source, CohortRow row, int number)
    {
        string target = Path.Combine(Folder, row.Hospital, row.Image);
        string kind =
            Views.IsLateral(row.View) ? "lateral"
            : number % HostileEvery == 1 ? "hostile"
            : "frontal";
        string? codec =
            kind == "hostile"
                ? null
                : (number % 4) switch
                {
                    1 => "dcmcrle",
                    2 => "dcmcjpeg",
                    3 => "dcmcjpls",
                    _ => null,
                };
        if (codec is not null)
            await Command.RunAsync(codec, null, source, target);
        else
            File.Copy(source, target);
        if (kind == "hostile")
            await Command.RunAsync("dcmodify", null, "-nb", "-m", "(0028,0010)=9999", target);
        _truth[row.Hospital].Add((row.Image, kind));
    }
}
