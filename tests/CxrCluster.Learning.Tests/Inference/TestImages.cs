using CxrCluster.Imaging;

namespace CxrCluster.Learning.Tests.Inference;

internal static class TestImages
{
    /// <summary>Seeded squares: smooth waves and noise, each different.</summary>
    public static SquareImage[] Make(int count, int side, int seed = 1)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => One(side, random))];
    }

    private static SquareImage One(int side, Random random)
    {
        (double a, double b, double c) = (random.NextDouble() * 9, random.NextDouble() * 9, random.NextDouble() * 90);
        byte[] pixels = new byte[side * side];
        for (int i = 0; i < pixels.Length; i++)
        {
            (int y, int x) = Math.DivRem(i, side);
            double wave = 100 + 90 * Math.Sin(a * x / side) * Math.Cos(b * y / side);
            pixels[i] = (byte)Math.Clamp(wave + c * (random.NextDouble() - 0.5), 0, 255);
        }
        return new SquareImage(side, pixels);
    }
}
