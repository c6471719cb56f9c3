using CxrCluster.Evaluation.Neighbours;

namespace CxrCluster.Evaluation.Tests.Neighbours;

public sealed class TSneTests
{
    [Fact]
    public void Affinities_AnyPoint_HasTheAskedPerplexity()
    {
        NeighboursFixture fixture = NeighboursFixture.Load();
        double[][] squared = TSne.SquaredDistances(fixture.Vectors, TestContext.Current.CancellationToken);
        int n = fixture.Vectors.Length;
        for (int i = 0; i < n; i++)
        {
            double[] row = squared[i];
            TSneBandwidth.Calibrate(row, i, Math.Log(10));

            double entropy = -row.Where(p => p > 0).Sum(p => p * Math.Log(p));
            Assert.Equal(10, Math.Exp(entropy), 1e-4);
            Assert.Equal(1, row.Sum(), 1e-12);
            Assert.Equal(0, row[i]);
        }
    }

    [Fact]
    public void Affinities_AnySet_AreSymmetricAndSumToOne()
    {
        double[][] p = TSne.Affinities(
            TSne.SquaredDistances(NeighboursFixture.Load().Vectors, TestContext.Current.CancellationToken),
            10
        );

        Assert.Equal(1, p.Sum(row => row.Sum()), 1e-9);
        for (int i = 0; i < p.Length; i++)
        for (int j = 0; j < i; j++)
            Assert.Equal(p[i][j], p[j][i]);
    }

    [Fact]
    public void Embed_Fixture_ReachesScikitLearnsDivergence()
    {
        NeighboursFixture fixture = NeighboursFixture.Load();
        double[][] p = TSne.Affinities(
            TSne.SquaredDistances(fixture.Vectors, TestContext.Current.CancellationToken),
            fixture.Perplexity
        );
        double[] divergences =
        [
            .. Enumerable
                .Range(1, 5)
                .Select(seed => new TSneOptions { Perplexity = fixture.Perplexity, Seed = seed })
                .Select(options => Divergence(p, Embed(fixture.Vectors, options)))
                .Order(),
        ];

        // Both are medians over five starts; single runs of either implementation differ by 5 %.
        Assert.InRange(divergences[2], 0, 1.05 * fixture.Divergence);
    }

    [Fact]
    public void Trustworthiness_FixtureMap_EqualsScikitLearn()
    {
        EvaluationFixture.TSneMap truth = EvaluationFixture.Load().Map;
        (double, double)[] map = [.. truth.Map.Select(point => (point[0], point[1]))];

        // Whole grey levels make equal distances, which the two rank in another order.
        Assert.Equal(truth.MapTrustworthiness, Trustworthiness(truth.Vectors, map, truth.Neighbours), 1e-4);
    }

    [Fact]
    public void Embed_Digits_IsAsTrustworthyAsScikitLearns()
    {
        EvaluationFixture.TSneMap truth = EvaluationFixture.Load().Map;
        double[] trust =
        [
            .. Enumerable
                .Range(1, 3)
                .Select(seed => new TSneOptions { Perplexity = truth.Perplexity, Seed = seed })
                .Select(options => Trustworthiness(truth.Vectors, Embed(truth.Vectors, options), truth.Neighbours))
                .Order(),
        ];

        Assert.Equal(truth.MedianTrustworthiness, trust[1], 0.01);
    }

    [Fact]
    public void Embed_TwoFarClusters_KeepsThemApart()
    {
        var random = new Random(2);
        float[][] vectors =
        [
            .. Enumerable
                .Range(0, 60)
                .Select(i => Enumerable.Range(0, 10).Select(_ => random.NextSingle() + (i < 30 ? 0 : 10)).ToArray()),
        ];

        var map = Embed(vectors, new TSneOptions { Perplexity = 10 });
        for (int i = 0; i < 60; i++)
        {
            int nearest = Enumerable.Range(0, 60).Where(j => j != i).MinBy(j => Squared(map[i], map[j]));
            Assert.Equal(i < 30, nearest < 30);
        }
    }

    [Fact]
    public void Embed_EqualSeeds_GivesEqualMaps()
    {
        float[][] vectors = NeighboursFixture.Load().Vectors;
        var options = new TSneOptions { Iterations = 50, Seed = 3 };

        Assert.Equal(Embed(vectors, options), Embed(vectors, options));
        Assert.NotEqual(Embed(vectors, options), Embed(vectors, options with { Seed = 4 }));
    }

    [Fact]
    public void Force_AnyPoint_EqualsTheSumOverTheOthers()
    {
        var random = new Random(3);
        double[] x = [.. Enumerable.Range(0, 27).Select(_ => random.NextDouble())];
        double[] y = [.. Enumerable.Range(0, 27).Select(_ => random.NextDouble())];
        double[] p = [.. Enumerable.Range(0, 27).Select(i => i == 11 ? 0 : random.NextDouble())];
        TSneForce force = TSneForce.On(11, p, x, y);

        double[] w = [.. x.Zip(y, (a, b) => 1 / (1 + Squared((x[11], y[11]), (a, b))))];
        Assert.Equal(w.Sum() - 1, force.Weight, 1e-12);
        Assert.Equal(w.Select((v, j) => p[j] * v * (x[11] - x[j])).Sum(), force.AttractionX, 1e-12);
        Assert.Equal(w.Select((v, j) => p[j] * v * (y[11] - y[j])).Sum(), force.AttractionY, 1e-12);
        Assert.Equal(w.Select((v, j) => v * v * (x[11] - x[j])).Sum(), force.RepulsionX, 1e-12);
        Assert.Equal(w.Select((v, j) => v * v * (y[11] - y[j])).Sum(), force.RepulsionY, 1e-12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(40)]
    [InlineData(501)]
    public void Embed_FewOrEqualVectors_GivesFinitePositions(int count)
    {
        float[][] vectors = [.. Enumerable.Range(0, count).Select(_ => new float[] { 1, 2 })];

        var map = Embed(vectors, new TSneOptions { Iterations = 260 });
        Assert.Equal(count, map.Count);
        Assert.All(map, position => Assert.True(double.IsFinite(position.X) && double.IsFinite(position.Y)));
    }

    [Theory]
    [InlineData(double.NaN, 10)]
    [InlineData(0.5, 10)]
    [InlineData(30, 0)]
    public void Embed_OptionsOutOfRange_AreRefused(double perplexity, int iterations) =>
        Assert.Throws<ArgumentException>(() =>
            Embed(
                [
                    [1f],
                ],
                new TSneOptions { Perplexity = perplexity, Iterations = iterations }
            )
        );

    [Fact]
    public void Embed_Cancelled_Stops() =>
        Assert.Throws<OperationCanceledException>(() =>
            TSne.Embed(
                [
                    [1f],
                    [2f],
                ],
                new TSneOptions(),
                new CancellationToken(canceled: true)
            )
        );

    private static IReadOnlyList<(double X, double Y)> Embed(float[][] vectors, TSneOptions options) =>
        TSne.Embed(vectors, options, TestContext.Current.CancellationToken);

    private static double Divergence(double[][] p, IReadOnlyList<(double X, double Y)> map)
    {
        int n = map.Count;
        var weight = new double[n, n];
        for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            weight[i, j] = i == j ? 0 : 1 / (1 + Squared(map[i], map[j]));
        double sum = weight.Cast<double>().Sum();
        double divergence = 0;
        for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            if (p[i][j] > 0)
                divergence += p[i][j] * Math.Log(p[i][j] / (weight[i, j] / sum));
        return divergence;
    }

    // Venna and Kaski 2001: penalises neighbours in the map that are none in the data, by their rank there.
    private static double Trustworthiness(float[][] vectors, IReadOnlyList<(double X, double Y)> map, int k)
    {
        int n = vectors.Length;
        double penalty = 0;
        for (int i = 0; i < n; i++)
        {
            int[] others = [.. Enumerable.Range(0, n).Where(j => j != i)];
            int[] near =
            [
                .. others.OrderBy(j => vectors[i].Zip(vectors[j], (a, b) => ((double)a - b) * ((double)a - b)).Sum()),
            ];
            foreach (int j in others.OrderBy(j => Squared(map[i], map[j])).Take(k))
                penalty += Math.Max(0, Array.IndexOf(near, j) + 1 - k);
        }
        return 1 - penalty * 2 / (n * k * (2.0 * n - 3 * k - 1));
    }

    private static double Squared((double X, double Y) a, (double X, double Y) b) =>
        (a.X - b.X) * (a.X - b.X) + (a.Y - b.Y) * (a.Y - b.Y);
}
