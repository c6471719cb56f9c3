using CxrCluster.Imaging;
using CxrCluster.Imaging.Cohorts;

namespace CxrCluster.Cli.Tests;

/// <summary>Small images that look different to a network.</summary>
internal static class TestImages
{
    private const int Side = 96;

    /// <summary>A smooth blob on noise; every number gives another one.</summary>
    public static byte[] Png(int number)
    {
        var random = new Random(number);
        double x0 = 24 + random.NextDouble() * 48;
        double y0 = 24 + random.NextDouble() * 48;
        byte[] gray = new byte[Side * Side];
        for (int i = 0; i < gray.Length; i++)
        {
            double distance = Math.Pow(i % Side - x0, 2) + Math.Pow((double)i / Side - y0, 2);
            gray[i] = (byte)(60 + 120 * Math.Exp(-distance / 600) + random.Next(40));
        }
        return PngWriter.Encode(Side, Side, gray);
    }

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
}
