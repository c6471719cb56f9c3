using CxrCluster.Evaluation.Bootstrapping;

namespace CxrCluster.Evaluation.Tests.Bootstrapping;

public sealed class ResampleRandomTests
{
    [Fact]
    public void Index_ManyDraws_AreWithinThreeSigmaOfUniform()
    {
        const int draws = 60_000;
        int[] counts = new int[6];
        var random = new ResampleRandom(1, 2, 3);
        for (int i = 0; i < draws; i++)
            counts[random.Index(6)]++;

        double sigma = Math.Sqrt(draws / 6.0 * 5 / 6);
        Assert.All(counts, count => Assert.InRange(count, draws / 6.0 - 3 * sigma, draws / 6.0 + 3 * sigma));
    }

    [Fact]
    public void Index_KeysThatDiffer_GiveOtherStreams()
    {
        int[][] keys =
        [
            [1, 2, 3],
            [1, 3, 2],
            [0, 2, 3],
            [-1, 2, 3],
            [1, 2, 4],
            [1, 2],
            [],
        ];
        string[] streams =
        [
            .. keys.Select(key =>
            {
                var random = new ResampleRandom(key);
                return string.Join(' ', Enumerable.Range(0, 20).Select(_ => random.Index(1000)));
            }),
        ];

        Assert.Distinct(streams);
    }
}
