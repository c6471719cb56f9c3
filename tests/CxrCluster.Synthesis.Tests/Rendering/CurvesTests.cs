using System.Numerics;
using CxrCluster.Synthesis.Plan;
using CxrCluster.Synthesis.Rendering;

namespace CxrCluster.Synthesis.Tests.Rendering;

public sealed class CurvesTests
{
    private static readonly Vector2[] Corners = [new(0, 0), new(1, 0), new(1, 2), new(0, 1)];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Through_Points_PassesThroughEach(bool closed)
    {
        var curve = Curves.Through(Corners, closed, steps: 7);

        Assert.All(Corners, corner => Assert.Contains(curve, p => Vector2.Distance(p, corner) < 1e-5f));
        Assert.Equal(closed ? Corners[0] : Corners[^1], curve[^1]);
    }

    [Fact]
    public void Along_Ends_AreTheEndsOfThePath()
    {
        Assert.Equal(Corners[0], Curves.Along(Corners, -1));
        Assert.Equal(Corners[^1], Curves.Along(Corners, 1));
        Assert.Equal(new Vector2(1, 1), Curves.Along(Corners, 0.5f));
    }

    [Fact]
    public void SmoothStep_AnyValue_RisesFromZeroToOne()
    {
        var values = Enumerable.Range(-5, 21).Select(i => Curves.SmoothStep(0, 1, i / 10f)).ToList();

        Assert.Equal(values.Order(), values);
        Assert.Equal((0f, 1f), (values[0], values[^1]));
    }

    [Fact]
    public void Profile_Knots_AreMetAndConstantBeyond()
    {
        var profile = new Profile(new Vector2(-1, 2), new Vector2(0, 3), new Vector2(0.5f, 1));

        Assert.Equal(2, profile.At(-1.9f), 1e-3f);
        Assert.Equal(3, profile.At(0), 0.02f);
        Assert.Equal(1, profile.At(0.5f), 0.02f);
        Assert.Equal(1, profile.At(7), 1e-3f);
    }

    [Fact]
    public void Clouds_ManyPlaces_AverageToAboutZeroAndStayBounded()
    {
        var clouds = new Clouds(new SeededRandom(1, RandomStream.Vessels), 0.1f, 4);
        var values = Enumerable
            .Range(0, 40_000)
            .Select(i => clouds.At(new Vector2((i % 200 / 50f) - 2, (i / 200 / 50f) - 2)))
            .ToList();

        Assert.Equal(0, values.Average(), 0.05);
        Assert.All(values, value => Assert.InRange(value, -1.4f, 1.4f));
    }
}
