using CxrCluster.Imaging.Augmentation;
using CxrCluster.Learning.Data;
using CxrCluster.Learning.Training;
using TorchSharp;

namespace CxrCluster.Learning.Tests.Training;

public sealed class ClassifierRunTests
{
    private static readonly ClassifierTrainingOptions Small = new()
    {
        Architecture = "resnet34",
        Epochs = 2,
        BatchSize = 4,
        Preprocessing = new() { Side = ToyData.Side },
        Threads = 1,
    };

    private static readonly ClassifierTrainingOptions Learnable = Small with
    {
        Epochs = 12,
        Dropout = 0,
        L2 = 0,
        LearningRate = 1e-3,
        Augmentation = AugmentationOptions.None,
    };

    [Fact]
    public void Advance_EqualSeeds_EqualPredictions()
    {
        Assert.Equal(Predictions(Small), Predictions(Small));
        Assert.NotEqual(Predictions(Small), Predictions(Small with { Seed = 2 }));
    }

    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.BFloat16)]
    public void Advance_BrightSpots_LossFallsAndClassesPart(Precision precision)
    {
        var samples = ToyData.Cohort(12);
        using var run = Start(Learnable with { Precision = precision }, new(samples, [], samples));

        Finish(run);

        Assert.Equal(12, run.History.Count);
        Assert.True(run.History[^1].TrainingLoss < run.History[0].TrainingLoss * 0.7, $"{run.History[^1]}");
        var auc = Auc(run);
        Assert.True(auc > 0.9, $"the ROC AUC is {auc}");
    }

    [Fact]
    public void Advance_EveryCall_IsOneStep()
    {
        using var run = Start(Small, new(ToyData.Cohort(5), ToyData.Cohort(4, seed: 9), []));

        var reports = Finish(run);

        Assert.Equal(
            [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3)],
            reports.Select(r => (r.Epoch, r.Step)).ToArray()
        );
        Assert.All(reports, r => Assert.Equal((3, 2), (r.Steps, r.Epochs)));
        Assert.All(reports, r => Assert.Equal(r.Step == 3, r.Metric is not null));
        Assert.Throws<InvalidOperationException>(() => run.Advance(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Advance_WithValidation_KeepsTheEpochOfTheBestAuc()
    {
        var validation = ToyData.Cohort(4, seed: 9);
        using var run = Start(Small with { Epochs = 4 }, new(ToyData.Cohort(4), validation, validation));

        Finish(run);

        var best = run.History.Max(e => e.ValidationAuc);
        var kept = run.History[run.KeptEpoch - 1];
        Assert.Equal(best, kept.ValidationAuc);
        Assert.Equal(run.History.Where(e => e.ValidationAuc == best).Min(e => e.ValidationLoss), kept.ValidationLoss);
        Assert.Equal(best, Auc(run));
    }

    [Fact]
    public void PredictHeldOut_EmbeddingOfTheOptionsLength_TellsImagesApart()
    {
        var samples = ToyData.Cohort(4);
        using var run = Start(Small with { EmbeddingSize = 9 }, new(samples, [], samples));
        Finish(run);

        var predictions = run.PredictHeldOut(TestContext.Current.CancellationToken);

        Assert.Equal(samples.Select(s => s.Row), predictions.Select(p => p.Row));
        Assert.All(predictions, p => Assert.Equal(9, p.Embedding.Count));
        Assert.NotEqual(predictions[0].Embedding, predictions[1].Embedding);
    }

    [Fact]
    public void PredictHeldOut_BeforeTheEnd_IsRefused()
    {
        using var run = Start(Small, new(ToyData.Cohort(4), [], []));

        run.Advance(TestContext.Current.CancellationToken);

        Assert.Throws<InvalidOperationException>(() => run.PredictHeldOut(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Advance_EveryStep_KeepsTheNumberOfTensors()
    {
        using var run = Start(Small, new(ToyData.Cohort(6), [], []));
        var live = new List<long>();

        while (!run.Done)
        {
            run.Advance(TestContext.Current.CancellationToken);
            live.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        }

        Assert.Equal(6, live.Count);
        Assert.Single(live.Skip(1).SkipLast(4).Distinct()); // the first makes the gradients
        Assert.Single(live.Skip(3).Distinct()); // the third keeps the first epoch's weights
    }

    [Fact]
    public void Advance_Cancelled_CanBeRepeatedWithTheSameResult()
    {
        var samples = ToyData.Cohort(4);
        using var run = Start(Small, new(samples, [], samples));
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.Throws<OperationCanceledException>(() => run.Advance(stop.Token));
        Finish(run);

        Assert.Equal(Predictions(Small), Predicted(run));
    }

    [Fact]
    public void Advance_BalancedClasses_WeighsTheRarerClassUp()
    {
        var samples = ToyData.Cohort(8);
        IReadOnlyList<ClassificationSample> few =
        [
            .. samples.Where(s => s.Row.Label == 0),
            .. samples.Where(s => s.Row.Label == 1).Take(2),
        ];
        double Mean(bool balanced)
        {
            using var run = Start(Learnable with { Epochs = 3, BalancedClasses = balanced }, new(few, [], few));
            Finish(run);
            return Predicted(run).Average();
        }

        Assert.True(Mean(balanced: true) > Mean(balanced: false));
    }

    [Fact]
    public void Create_OneClass_IsRefused()
    {
        var negatives = ToyData.Cohort(6).Where(s => s.Row.Label == 0).ToList();

        var problem = Assert.Throws<InvalidTrainingDataException>(() => Start(Small, new(negatives, [], [])));

        Assert.Contains("both classes are needed", problem.Message, StringComparison.Ordinal);
    }

    private static ClassifierRun Start(ClassifierTrainingOptions options, TrainingCohort cohort) =>
        new(options, cohort, null, TimeProvider.System);

    private static List<TrainingProgress> Finish(ClassifierRun run)
    {
        var reports = new List<TrainingProgress>();
        while (!run.Done)
        {
            reports.Add(run.Advance(TestContext.Current.CancellationToken));
        }

        return reports;
    }

    private static double[] Predicted(ClassifierRun run) =>
        [.. run.PredictHeldOut(TestContext.Current.CancellationToken).Select(p => p.Probability)];

    private static double? Auc(ClassifierRun run) =>
        BinaryMetrics
            .Compute(
                [
                    .. run.PredictHeldOut(TestContext.Current.CancellationToken)
                        .Select(p => (p.Row.Label, p.Probability)),
                ],
                0.5
            )
            .RocAuc;

    private static double[] Predictions(ClassifierTrainingOptions options)
    {
        var samples = ToyData.Cohort(4);
        using var run = Start(options, new(samples, [], samples));
        Finish(run);
        return Predicted(run);
    }
}
