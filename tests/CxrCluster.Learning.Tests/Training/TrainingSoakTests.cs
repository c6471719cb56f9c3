using CxrCluster.Learning.Training;

namespace CxrCluster.Learning.Tests.Training;

/// <summary>Memory stays flat over a training. Alone in the process: the resident set is the process's.</summary>
[CollectionDefinition(nameof(TrainingSoakTests), DisableParallelization = true)]
[Collection(nameof(TrainingSoakTests))]
public sealed class TrainingSoakTests
{
    private const string Switch = "CXR_SOAK";

    /// <summary>A tenth of the full soak, with room for a heap that is still finding its size.</summary>
    [Fact]
    public void Advance_ThirtySteps_MemoryStaysFlat() => Soak(warmUp: 15, steps: 30, growth: 0.15);

    [Fact]
    public void Advance_ThreeHundredSteps_MemoryGrowsByLessThanFivePercent()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable(Switch) == "1", $"the long soak is off: set {Switch}=1");
        Soak(warmUp: 40, steps: 300, growth: 0.05);
    }

    private static void Soak(int warmUp, int steps, double growth)
    {
        var options = new ClassifierTrainingOptions
        {
            Architecture = "resnet34",
            Epochs = 1 + (warmUp + steps) / 4,
            BatchSize = 4,
            Preprocessing = new() { Side = ToyData.Side },
            Threads = 1,
        };
        var validation = ToyData.Cohort(4, seed: 9);
        using var run = new ClassifierRun(
            options,
            new(ToyData.Cohort(8), validation, validation),
            null,
            TimeProvider.System
        );
        Advance(run, warmUp);
        var before = Resident();

        Advance(run, steps);

        var after = Resident();
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{steps} steps: {before >> 20} MiB before, {after >> 20} MiB after ({(double)after / before - 1:+0.0%;-0.0%})"
        );
        Assert.InRange(after, 0, (long)(before * (1 + growth)));
    }

    private static void Advance(ClassifierRun run, int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            run.Advance(TestContext.Current.CancellationToken);
        }
    }

    private static long Resident()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return Environment.WorkingSet;
    }
}
