using CxrCluster.Imaging.Cohorts;

namespace CxrCluster.Imaging.Tests.Cohorts;

public sealed class ViewsTests
{
    [Theory]
    [InlineData("L", true)]
    [InlineData("lateral", true)]
    [InlineData(" Left Lateral ", true)]
    [InlineData("LL", true)]
    [InlineData("RL", true)]
    [InlineData("PA", false)]
    [InlineData("AP", false)]
    [InlineData("AP Supine", false)]
    [InlineData("AP Erect", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void IsLateral_KnownNames_AreTold(string? view, bool lateral)
    {
        Assert.Equal(lateral, Views.IsLateral(view));
    }
}
