using CxrCluster.Imaging;
using CxrCluster.Imaging.Cohorts;
using CxrCluster.Learning.Data;

namespace CxrCluster.Learning.Tests.Training;

/// <summary>Small learnable pictures: a bright soft disc (the "lung") on noise; positives have a brighter spot in it.</summary>
internal static class ToyData
{
    public const int Side = 32;

    public static IReadOnlyList<SegmentationSample> Discs(int count, int seed = 5)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => Disc($"disc{i}", random, spot: false))];
    }

    /// <summary>Two images per patient; every second patient is positive.</summary>
    public static IReadOnlyList<ClassificationSample> Cohort(int patients, int seed = 6, int side = Side)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable
                .Range(0, patients * 2)
                .Select(i =>
                {
                    var disc = Disc($"image{i}.png", random, spot: i / 2 % 2 == 1, side);
                    return new ClassificationSample(Row(i, i / 2), disc.Image, disc.Mask);
                }),
        ];
    }

    public static CohortRow Row(int image, int patient, string? view = "AP") =>
        new()
        {
            Image = $"image{image}.png",
            Hospital = patient % 3 == 0 ? "north" : "south",
            PatientId = $"p{patient}",
            Label = patient % 2,
            View = view,
        };

    public static SegmentationSample Disc(string name, Random random, bool spot, int side = Side)
    {
        var (x0, y0, radius) = (random.Next(12, 20), random.Next(12, 20), random.Next(6, 10));
        var unit = (double)side / Side;
        var image = new byte[side * side];
        var mask = new byte[side * side];
        for (var i = 0; i < image.Length; i++)
        {
            var distance = Math.Sqrt(Math.Pow(i % side / unit - x0, 2) + Math.Pow(i / side / unit - y0, 2));
            mask[i] = distance <= radius ? (byte)255 : (byte)0;
            var level = 40 + 90 * Soft(radius - distance) + (spot ? 90 * Soft(radius / 2.0 - distance) : 0);
            image[i] = (byte)(level + random.Next(10));
        }

        return new(name, new(side, image), new(side, mask));

        static double Soft(double inside) => 1 / (1 + Math.Exp(-inside));
    }
}
