using CxrCluster.Learning.Data;
using CxrCluster.Learning.Training;

namespace CxrCluster.Learning.Tests.Data;

public sealed class ParallelReadTests
{
    [Fact]
    public void Run_ManyItems_KeepsTheirOrderAndReportsOneAtATimeInOrder()
    {
        var heard = new Listener();

        int[] doubled = ParallelRead.Run(
            [.. Enumerable.Range(0, 20_000)],
            item => 2 * item,
            heard,
            TestContext.Current.CancellationToken
        );

        Assert.Equal(Enumerable.Range(0, 20_000).Select(item => 2 * item), doubled);
        Assert.Equal(Enumerable.Range(1, 20_000), heard.Steps);
    }

    [Fact]
    public void Run_OneFails_ItsOwnExceptionIsThrown() =>
        Assert.Throws<FormatException>(() =>
            ParallelRead.Run<int, int>(
                [1, 2, 3],
                item => item == 2 ? throw new FormatException() : item,
                null,
                TestContext.Current.CancellationToken
            )
        );

    /// <summary>A list takes no two writers: reports that come side by side lose steps or throw.</summary>
    private sealed class Listener : IProgress<TrainingProgress>
    {
        public List<int> Steps { get; } = [];

        public void Report(TrainingProgress value) => Steps.Add(value.Step);
    }
}
