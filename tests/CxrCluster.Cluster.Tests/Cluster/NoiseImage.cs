using CxrCluster.Imaging;

namespace CxrCluster.Cluster.Tests.Cluster;

/// <summary>Smooth blobs with a little noise: readable as a picture, of no meaning, another one for every seed.</summary>
internal static class NoiseImage
{
    private const int Side = 128;

    /// <summary>The picture as a PNG file.</summary>
    public static byte[] Png(int seed)
    {
        var random = new Random(seed);
        (double X, double Y, double Size)[] blobs =
        [
            .. Enumerable
                .Range(0, 4)
                .Select(_ => (random.NextDouble() * Side, random.NextDouble() * Side, 16 + (random.NextDouble() * 30))),
        ];
        byte[] pixels = new byte[Side * Side];
        for (int i = 0; i < pixels.Length; i++)
        {
            (int y, int x) = Math.DivRem(i, Side);
            double value = blobs.Sum(b => 45 * Math.Exp(-(Square(x - b.X) + Square(y - b.Y)) / (2 * b.Size * b.Size)));
            pixels[i] = (byte)Math.Clamp(20 + value + random.Next(3), 0, 255);
        }
        return PngWriter.Encode(Side, Side, pixels);
    }

    private static double Square(double x) => x * x;
}
