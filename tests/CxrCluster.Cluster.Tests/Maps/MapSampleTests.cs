using CxrCluster.Contracts.Identity;
using CxrCluster.Grains.Maps;
using CxrCluster.Storage.Indexes;

namespace CxrCluster.Cluster.Tests.Maps;

public sealed class MapSampleTests
{
    private static readonly HospitalId Hospital = new("h");

    [Theory]
    [InlineData(new[] { 5, 7 }, 100, new[] { 5, 7 })]
    [InlineData(new[] { 50, 2, 50 }, 12, new[] { 5, 2, 5 })]
    [InlineData(new[] { 1000, 1000, 1000 }, 10, new[] { 3, 3, 4 })]
    [InlineData(new[] { 0, 9 }, 4, new[] { 0, 4 })]
    [InlineData(new int[0], 10, new int[0])]
    public void Share_SmallHospitalsWholeOthersEqually(int[] counts, int most, int[] expected)
    {
        HospitalCount[] hospitals = [.. counts.Select((n, i) => new HospitalCount(new HospitalId($"h{i}"), n))];

        var shares = MapSample.Share(hospitals, most);

        Assert.Equal(hospitals.Select(h => h.Hospital), shares.Select(h => h.Hospital));
        Assert.Equal(expected, shares.Select(h => h.Embeddings));
    }

    [Fact]
    public async Task Draw_OneMoreImage_ChangesAtMostOnePlace()
    {
        EmbeddingKey[] keys = [.. Enumerable.Range(0, 400).Select(Key)];
        var before = await DrawAsync(keys[..399], 50);
        var after = await DrawAsync(keys, 50);

        Assert.Equal(50, before.Distinct().Count());
        Assert.Equal(before.OrderBy(k => k.Uid), before);
        Assert.InRange(after.Except(before).Count(), 0, 1);
        Assert.Equal(before, await DrawAsync([.. keys[..399].Reverse()], 50));
        Assert.NotEqual(before, await DrawAsync(keys[..399], 50, seed: 2));
    }

    [Fact]
    public async Task Draw_NoMoreThanTheQuota_All()
    {
        EmbeddingKey[] keys = [.. Enumerable.Range(0, 20).Select(Key)];

        Assert.Equal(keys.OrderBy(k => k.Uid), await DrawAsync(keys, 20));
        Assert.Empty(await DrawAsync(keys, 0));
    }

    private static EmbeddingKey Key(int number) => new(new SopInstanceUid($"1.2.{number}"), $"{number}");

    private static Task<IReadOnlyList<EmbeddingKey>> DrawAsync(EmbeddingKey[] keys, int quota, int seed = 1) =>
        MapSample.DrawAsync(keys.ToAsyncEnumerable(), Hospital, quota, seed, TestContext.Current.CancellationToken);
}
