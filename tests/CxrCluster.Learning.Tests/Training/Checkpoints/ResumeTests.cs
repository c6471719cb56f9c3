using CxrCluster.Learning.Bundles;
using CxrCluster.Learning.Data;
using CxrCluster.Learning.Networks;
using CxrCluster.Learning.Tests.Data;
using CxrCluster.Learning.Training;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Tests.Training.Checkpoints;

/// <summary>A training that is killed and resumed ends with the bits of one that was not.</summary>
public sealed class ResumeTests : IDisposable
{
    private static readonly ClassifierTrainingOptions Options = new()
    {
        Architecture = "resnet34",
        Epochs = 3,
        BatchSize = 4,
        Preprocessing = new() { Side = ToyData.Side },
        Threads = 1,
        BalancedClasses = true,
    };

    private static readonly TrainingCohort Cohort = new(
        ToyData.Cohort(4),
        ToyData.Cohort(4, seed: 9),
        ToyData.Cohort(2, seed: 3)
    );

    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.BFloat16)]
    public void Resume_KilledAfterAnyEpochOrWithinOne_EndsWithEqualBits(Precision precision)
    {
        var options = Options with { Precision = precision };
        var checkpoints = new MemoryCheckpoints();
        using var whole = new ClassifierRun(options, Cohort, checkpoints, TimeProvider.System);
        Finish(whole);
        var expected = Weights(whole, "whole");
        for (var epoch = 2; epoch >= 1; epoch--)
        {
            checkpoints.CutAfter(epoch);
            using (var killed = new ClassifierRun(options, Cohort, checkpoints, TimeProvider.System))
            {
                Assert.True(killed.Resume());
                killed.Advance(TestContext.Current.CancellationToken); // a step whose work is lost
            }

            using var resumed = new ClassifierRun(options, Cohort, checkpoints, TimeProvider.System);
            Assert.True(resumed.Resume());
            Assert.Equal(epoch, resumed.EpochsDone);
            Finish(resumed);

            Assert.Equal(whole.KeptEpoch, resumed.KeptEpoch);
            Assert.Equal(whole.History.Select(Timeless), resumed.History.Select(Timeless));
            Assert.Equal(expected, Weights(resumed, $"resumed{epoch}"));
        }
    }

    [Fact]
    public void Resume_AfterTheLastEpoch_IsDone()
    {
        var checkpoints = new MemoryCheckpoints();
        using var first = new ClassifierRun(Options, Cohort, checkpoints, TimeProvider.System);
        Finish(first);

        using var second = new ClassifierRun(Options, Cohort, checkpoints, TimeProvider.System);
        Assert.True(second.Resume());

        Assert.True(second.Done);
        Assert.Equal(Weights(first, "first"), Weights(second, "second"));
    }

    [Fact]
    public void Resume_NothingSaved_BeginsAnew()
    {
        using var run = new ClassifierRun(Options, Cohort, new MemoryCheckpoints(), TimeProvider.System);

        Assert.False(run.Resume());
        Assert.Equal(0, run.EpochsDone);
    }

    [Fact]
    public void Resume_OtherOptionsOrData_IsRefusedSayingWhatDiffers()
    {
        var checkpoints = new MemoryCheckpoints();
        using (var run = new ClassifierRun(Options, Cohort, checkpoints, TimeProvider.System))
        {
            while (run.EpochsDone == 0)
            {
                run.Advance(TestContext.Current.CancellationToken);
            }
        }

        Refused(Options with { LearningRate = 0.25 }, Cohort, "LearningRate 0.0003 instead of 0.25");
        Refused(Options with { Epochs = 4 }, Cohort, "Epochs 3 instead of 4");
        Refused(Options, Cohort with { Training = ToyData.Cohort(5) }, "other images, labels or parts");
        using var elsewhere = new ClassifierRun(
            Options with
            {
                Name = "renamed",
                Threads = 2,
            },
            Cohort,
            checkpoints,
            TimeProvider.System
        );
        Assert.True(elsewhere.Resume());

        void Refused(ClassifierTrainingOptions options, TrainingCohort cohort, string why)
        {
            using var other = new ClassifierRun(options, cohort, checkpoints, TimeProvider.System);
            var problem = Assert.Throws<CheckpointException>(() => other.Resume());
            Assert.Contains(why, problem.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Advance_DiskFullAtACheckpoint_SaysSoAndTheOneBeforeIsGoneOnFrom()
    {
        var checkpoints = new MemoryCheckpoints { FullFrom = 2 };
        using var run = new ClassifierRun(Options, Cohort, checkpoints, TimeProvider.System);

        var problem = Assert.Throws<CheckpointException>(() => Finish(run));

        Assert.Contains(
            "epoch 2 could not be written (No space left on device)",
            problem.Message,
            StringComparison.Ordinal
        );
        Assert.Equal([1], checkpoints.Epochs);
        using var resumed = new ClassifierRun(Options, Cohort, checkpoints, TimeProvider.System);
        Assert.True(resumed.Resume());
        Assert.Equal(1, resumed.EpochsDone);
    }

    [Fact]
    public void Advance_WeightsBecomeNaN_StopsKeepsTheBestAndSaysSo()
    {
        using var run = new ClassifierRun(Options, Cohort, null, TimeProvider.System);
        while (run.EpochsDone == 0)
        {
            run.Advance(TestContext.Current.CancellationToken);
        }

        run.Poison();
        Finish(run);

        Assert.True(run.Done);
        Assert.Equal(1, run.KeptEpoch);
        Assert.Contains("is no number any more", run.Divergence, StringComparison.Ordinal);
        Assert.Contains("The weights of epoch 1 are kept", run.Divergence, StringComparison.Ordinal);
        Assert.All(
            run.PredictHeldOut(TestContext.Current.CancellationToken),
            p => Assert.True(double.IsFinite(p.Probability))
        );
    }

    [Fact]
    public void Advance_NaNBeforeTheFirstEpochsEnd_HasNothingToKeep()
    {
        using var run = new ClassifierRun(Options, Cohort, null, TimeProvider.System);
        run.Poison();
        Finish(run);

        Assert.Equal(0, run.KeptEpoch);
        Assert.Contains("No epoch was finished before", run.Divergence, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => run.PredictHeldOut(TestContext.Current.CancellationToken));
    }

    private static EpochRecord Timeless(EpochRecord epoch) => epoch with { Seconds = 0, DataWaitShare = 0 };

    private static void Finish(ClassifierRun run)
    {
        while (!run.Done)
        {
            run.Advance(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The bytes of the classifier in a bundle of the run.</summary>
    private byte[] Weights(ClassifierRun run, string name)
    {
        using var random = new Generator(1);
        using var network = new UNet(new(Depth: 2, BaseWidth: 4));
        Initialisation.Seeded(network, random);
        var folder = _scratch.At(name);
        run.WriteBundle(
            folder,
            new SegmenterFile(network, Options.Preprocessing),
            run.PredictHeldOut(TestContext.Current.CancellationToken)
        );
        return File.ReadAllBytes(Path.Combine(folder, ModelBundle.ClassifierFile));
    }
}
