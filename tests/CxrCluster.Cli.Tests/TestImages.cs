using CxrCluster.Imaging.Cohorts;
using CxrCluster.Synthesis;

namespace CxrCluster.Cli.Tests;

/// <summary>Small frontal phantoms without artifacts.</summary>
internal static class TestImages
{
    private const int Patients = 30;

    private static readonly Lazy<IReadOnlyList<byte[]>> Phantoms = new(Draw);

    /// <summary>Another image for every number from 0.</summary>
    public static byte[] Png(int number) => Phantoms.Value[number];

    /// <summary>Writes img-000.png, img-001.png, ... and returns their names.</summary>
    public static IReadOnlyList<string> Write(string folder, int count)
    {
        Directory.CreateDirectory(folder);
        List<string> names = [.. Enumerable.Range(0, count).Select(i => $"img-{i:000}.png")];
        for (int i = 0; i < count; i++)
            File.WriteAllBytes(Path.Combine(folder, names[i]), Png(i));
        return names;
    }

    /// <summary>Rows for these images: two hospitals in turn, two images per patient, both classes.</summary>
    public static IReadOnlyList<CohortRow> Rows(IReadOnlyList<string> names) =>
        [
            .. names.Select(
                (name, i) =>
                    new CohortRow
                    {
                        Image = name,
                        Hospital = i / 2 % 2 == 0 ? "north" : "south",
                        PatientId = $"p{i / 2}",
                        Label = i / 4 % 2,
                        View = "AP",
                    }
            ),
        ];

    private static IReadOnlyList<byte[]> Draw()
    {
        using var folder = new TempFolder();
        var synthesizer = new CohortSynthesizer(
            new SynthesisOptions
            {
                Patients = Patients,
                Seed = 5,
                Side = 256,
            }
        );
        CohortSummary cohort = synthesizer.WriteAsync(folder.Root).GetAwaiter().GetResult();
        return
        [
            .. CohortManifest
                .Read(cohort.ManifestPath)
                .Where(row => !Views.IsLateral(row.View) && row.Other["artifact"] == "none")
                .Select(row => File.ReadAllBytes(Path.Combine(cohort.ImagesFolder, row.Image))),
        ];
    }
}
