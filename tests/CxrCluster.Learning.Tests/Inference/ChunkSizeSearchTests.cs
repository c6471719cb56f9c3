using CxrCluster.Learning.Inference;
using Microsoft.Extensions.Time.Testing;

namespace CxrCluster.Learning.Tests.Inference;

public class ChunkSizeSearchTests
{
    [Theory]
    // milliseconds = fixed + each x size
    [InlineData(0, 10, 16, 1)] // larger batches never pay
    [InlineData(10, 1, 16, 16)] // they always pay
    [InlineData(10, 1, 6, 4)] // no larger than allowed
    [InlineData(10, 1, 1, 1)]
    [InlineData(100, 100, 64, 8)] // they pay, but trying the next would keep the first image waiting
    public void Run_CostModel_FindsTheBestSize(int fixedCost, int each, int most, int expected)
    {
        FakeTimeProvider time = new();

        int best = ChunkSizeSearch.Run(
            most,
            size => time.Advance(TimeSpan.FromMilliseconds(fixedCost + each * size)),
            time
        );

        Assert.Equal(expected, best);
    }

    [Fact]
    public void Run_CostRisesBeyondFour_StopsThere()
    {
        FakeTimeProvider time = new();
        List<int> tried = [];

        int best = ChunkSizeSearch.Run(
            64,
            size =>
            {
                tried.Add(size);
                time.Advance(TimeSpan.FromMilliseconds(size <= 4 ? 10 + size : 20 * size));
            },
            time
        );

        Assert.Equal(4, best);
        Assert.Equal([1, 1, 2, 2, 4, 4, 8, 8], tried);
    }
}
