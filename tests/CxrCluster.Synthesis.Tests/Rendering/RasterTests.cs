using CxrCluster.Synthesis.Plan;
using CxrCluster.Synthesis.Rendering;

namespace CxrCluster.Synthesis.Tests.Rendering;

public sealed class RasterTests
{
    [Theory]
    [InlineData(0.45f)]
    [InlineData(1f)]
    [InlineData(2.7f)]
    [InlineData(6f)]
    public void Blur_Point_SpreadsItToTheGivenDeviationAndKeepsTheSum(float sigma)
    {
        var raster = new Raster(81, 81);
        raster.Values[(40 * 81) + 40] = 1;

        raster.Blur(sigma);

        Assert.Equal(1, raster.Sum(), 1e-4);
        var variance = 0.0;
        for (var x = 0; x < 81; x++)
        {
            for (var y = 0; y < 81; y++)
            {
                variance += raster.Values[(y * 81) + x] * (x - 40) * (x - 40);
            }
        }

        Assert.Equal(sigma, Math.Sqrt(variance), 0.001 * sigma);
    }

    [Fact]
    public void Blur_Constant_StaysConstantUpToTheEdge()
    {
        var raster = new Raster(17, 9);
        Array.Fill(raster.Values, 0.7f);

        raster.Blur(20);

        Assert.All(raster.Values, value => Assert.Equal(0.7f, value, 1e-5f));
    }

    [Theory]
    [InlineData(1f, 5, 5)]
    [InlineData(3.3f, 23, 14)]
    [InlineData(30f, 12, 40)]
    public void Blur_Noise_EqualsThreeBoxFiltersByDefinition(float sigma, int width, int height)
    {
        var random = new SeededRandom(1, RandomStream.Noise);
        var raster = new Raster(width, height);
        for (var i = 0; i < raster.Values.Length; i++)
        {
            raster.Values[i] = random.NextSingle();
        }

        var truth = Array.ConvertAll(raster.Values, v => (double)v);
        // The box of the right variance, found by bisection.
        var (low, high) = (0.0, 200.0);
        while (high - low > 1e-9)
        {
            var middle = (low + high) / 2;
            (low, high) = Variance(middle) < sigma * sigma / 3 ? (middle, high) : (low, middle);
        }

        var radius = low;
        for (var pass = 0; pass < 3; pass++)
        {
            truth = Box(Box(truth, width, height, radius, 1, 0), width, height, radius, 0, 1);
        }

        raster.Blur(sigma);

        for (var i = 0; i < truth.Length; i++)
        {
            Assert.Equal(truth[i], raster.Values[i], 1e-5);
        }
    }

    private static double Variance(double radius)
    {
        var whole = (int)radius;
        var sum = 2 * (radius - whole) * (whole + 1) * (whole + 1);
        for (var i = 1; i <= whole; i++)
        {
            sum += 2.0 * i * i;
        }

        return sum / ((2 * radius) + 1);
    }

    private static double[] Box(double[] values, int width, int height, double radius, int dx, int dy)
    {
        var whole = (int)radius;
        var result = new double[values.Length];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                for (var i = -whole - 1; i <= whole + 1; i++)
                {
                    var weight = Math.Abs(i) <= whole ? 1 : radius - whole;
                    var (u, v) = (Math.Clamp(x + (i * dx), 0, width - 1), Math.Clamp(y + (i * dy), 0, height - 1));
                    result[(y * width) + x] += weight * values[(v * width) + u] / ((2 * radius) + 1);
                }
            }
        }

        return result;
    }
}
