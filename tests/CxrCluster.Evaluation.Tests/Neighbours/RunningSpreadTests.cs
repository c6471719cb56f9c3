using CxrCluster.Evaluation.Neighbours;

namespace CxrCluster.Evaluation.Tests.Neighbours;

public sealed class RunningSpreadTests
{
    [Fact]
    public void Add_LargeValuesThatDifferLittle_KeepsTheirSpread()
    {
        // A sum of squares would lose the 1 beside 1e18.
        var spread = new RunningSpread();
        foreach (double value in new[] { 1e9 - 1, 1e9 + 1 })
            spread.Add(value);

        Assert.Equal(new DistanceSpread(1e9, 1), spread.Spread);
    }
}
