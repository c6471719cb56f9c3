using CxrCluster.Imaging.Augmentation;

namespace CxrCluster.Imaging.Tests.Augmentation;

public sealed class CounterRandomTests
{
    [Fact]
    public void NextBits_KnownKey_IsThePublishedSequence()
    {
        // The generator of Steele et al. from state 1234567, as published with its reference code.
        var random = new CounterRandom(key: 1234567);

        Assert.Equal(6457827717110365317UL, random.NextBits());
        Assert.Equal(3203168211198807973UL, random.NextBits());
        Assert.Equal(9817491932198370423UL, random.NextBits());
    }

    [Fact]
    public void NextDouble_ManyDraws_IsUniform()
    {
        var random = new CounterRandom(1, 2, "image");
        var draws = Enumerable.Range(0, 100_000).Select(_ => random.NextDouble()).ToList();

        Assert.All(draws, d => Assert.InRange(d, 0, 1 - 1e-16));
        var counts = draws.GroupBy(d => (int)(d * 20)).Select(g => g.Count()).ToList();
        Assert.Equal(20, counts.Count);
        // Chi-square with 19 degrees of freedom: 43.8 is exceeded once in 1,000; the draws are fixed by the seed.
        Assert.InRange(counts.Sum(c => Math.Pow(c - 5_000, 2) / 5_000), 0, 43.8);
    }

    [Fact]
    public void Streams_OfOtherSeedsEpochsAndPurposes_Differ()
    {
        var firsts = new[] { (1, 1, "a"), (2, 1, "a"), (1, 2, "a"), (1, 1, "b"), (11, 1, "a"), (1, 11, "a") }.Select(
            k => new CounterRandom(k.Item1, k.Item2, k.Item3).NextBits()
        );

        Assert.Equal(6, firsts.Distinct().Count());
        Assert.Equal(new CounterRandom(5, 6, "x").NextBits(), new CounterRandom(5, 6, "x").NextBits());
    }

    [Fact]
    public void Permutation_OfThree_EveryOrderIsAsLikely()
    {
        var orders = Enumerable
            .Range(0, 6_000)
            .Select(i => string.Join(' ', new CounterRandom(i, 0, "order").Permutation(3)))
            .GroupBy(o => o, StringComparer.Ordinal)
            .ToList();

        Assert.Equal(6, orders.Count);
        Assert.All(orders, o => Assert.InRange(o.Count(), 1_000 - 100, 1_000 + 100)); // 3.5 sigma
    }
}
