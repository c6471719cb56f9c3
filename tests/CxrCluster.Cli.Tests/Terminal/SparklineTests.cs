using CxrCluster.Cli.Terminal;

namespace CxrCluster.Cli.Tests.Terminal;

public sealed class SparklineTests
{
    [Fact]
    public void Of_Values_RunsFromTheLowestToTheHighestBar()
    {
        Assert.Equal("█▅▁", Sparkline.Of([1, 0.6, 0.1]));
        Assert.Equal("▁▁▁", Sparkline.Of([2, 2, 2]));
        Assert.Equal("", Sparkline.Of([]));
        Assert.Equal(16, Sparkline.Of([.. Enumerable.Range(0, 40).Select(i => (double)i)]).Length);
    }
}
