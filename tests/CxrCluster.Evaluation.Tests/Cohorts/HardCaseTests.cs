using CxrCluster.Evaluation.Cohorts;

namespace CxrCluster.Evaluation.Tests.Cohorts;

public sealed class HardCaseTests
{
    [Fact]
    public void Rank_WrongAndNear_ComeHardestFirst()
    {
        var facts = new Dictionary<string, ImageFacts>(StringComparer.Ordinal)
        {
            ["1.png"] = new("1.png", "north", "p1", 0) { Hard = true, View = "PA" },
        };
        IReadOnlyList<HardCase> hard = HardCase.Rank(
            Samples.Of((1, 0.95), (0, 0.9), (1, 0.05), (1, 0.55), (0, 0.1)),
            facts,
            0.5
        );

        Assert.Equal(["2.png", "1.png", "3.png"], hard.Select(c => c.Prediction.Image));
        Assert.Equal([true, true, false], hard.Select(c => c.Wrong));
        Assert.Equal([false, true, false], hard.Select(c => c.Marked));
        Assert.Equal("PA", hard[1].View);
        Assert.Equal(0.95, hard[0].Disagreement, 1e-12);
    }
}
