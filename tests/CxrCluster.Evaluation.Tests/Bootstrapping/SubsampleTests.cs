using CxrCluster.Evaluation.Bootstrapping;

namespace CxrCluster.Evaluation.Tests.Bootstrapping;

public sealed class SubsampleTests
{
    [Fact]
    public void Of_LongList_KeepsThatManyInOrderBySeed()
    {
        int[] items = [.. Enumerable.Range(0, 1000)];
        IReadOnlyList<int> some = Subsample.Of(items, 100, 1);

        Assert.Equal(100, some.Count);
        Assert.Equal(some.Order().Distinct(), some);
        Assert.Equal(some, Subsample.Of(items, 100, 1));
        Assert.NotEqual(some, Subsample.Of(items, 100, 2));
        Assert.InRange(some.Average(), 400, 600);
        Assert.Same(items, Subsample.Of(items, 1000, 1));
    }
}
