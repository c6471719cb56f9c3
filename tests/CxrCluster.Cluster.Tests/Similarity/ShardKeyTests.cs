using CxrCluster.Contracts.Identity;
using CxrCluster.Grains.Similarity;

namespace CxrCluster.Cluster.Tests.Similarity;

public sealed class ShardKeyTests
{
    [Fact]
    public void Parse_WhatToStringWrote_IsTheKey()
    {
        var key = new ShardKey(new HospitalId("haemek"), new ModelId("cxr", "0a.b-1"), 12, 3);

        Assert.Equal(key, ShardKey.Parse(key.ToString()));
    }

    [Fact]
    public void PartOf_StaysTheSameInEveryRelease()
    {
        // these numbers decide where embeddings lie: a change needs new layouts
        int[] parts = [.. Enumerable.Range(1, 5).Select(n => ShardKey.PartOf(new SopInstanceUid($"2.25.{n}"), 8))];

        Assert.Equal([5, 5, 6, 4, 3], parts);
    }

    [Fact]
    public void PartOf_ManyUids_SpreadsEvenly()
    {
        var counts = Enumerable
            .Range(0, 8000)
            .Select(n => ShardKey.PartOf(new SopInstanceUid($"1.2.{n}"), 8))
            .CountBy(part => part);

        Assert.All(counts, part => Assert.InRange(part.Value, 850, 1150));
    }
}
