using CxrCluster.Learning.Training;
using CxrCluster.Learning.Weights;
using TorchSharp;

namespace CxrCluster.Learning.Tests.Training;

public sealed class ClassifierFitTests
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
    public void Run_EqualSeeds_EqualProbabilities()
    {
        Assert.Equal(Probabilities(Small), Probabilities(Small));
        Assert.NotEqual(Probabilities(Small), Probabilities(Small with { Seed = 2 }));
    }

    [Fact]
    public void Run_BrightSpots_LossFallsAndClassesPart()
    {
        using var fit = new ClassifierFit(Learnable, torch.CPU);
        var samples = ToyData.Cohort(12);
        var reports = new Reports();

        fit.Run(samples, [], reports, TestContext.Current.CancellationToken);

        var first = reports.All.Last(r => r.Epoch == 1).Loss;
        Assert.True(fit.Loss < first / 2, $"the loss went from {first} to {fit.Loss}");
        var predictions = fit.Predict(samples, TestContext.Current.CancellationToken);
        var metrics = BinaryMetrics.Compute([.. predictions.Select(p => (p.Row.Label, p.Probability))], 0.5);
        Assert.True(metrics.RocAuc > 0.9, $"the ROC AUC is {metrics.RocAuc}");
    }

    [Fact]
    public void Run_WithValidation_KeepsTheEpochOfTheBestAuc()
    {
        using var fit = new ClassifierFit(Small with { Epochs = 4 }, torch.CPU);
        var (samples, validation) = (ToyData.Cohort(4), ToyData.Cohort(4, seed: 9));
        var reports = new Reports();

        fit.Run(samples, validation, reports, TestContext.Current.CancellationToken);

        var aucs = reports.All.Where(r => r.Phase == "validation").ToList();
        Assert.Equal(4, aucs.Count);
        Assert.Equal(aucs.Where(r => r.Metric == aucs.Max(a => a.Metric)).Max(r => r.Epoch), fit.KeptEpoch);
        var kept = fit.Predict(validation, TestContext.Current.CancellationToken);
        Assert.Equal(
            aucs.Max(a => a.Metric),
            BinaryMetrics.Compute([.. kept.Select(p => (p.Row.Label, p.Probability))], 0.5).RocAuc
        );
    }

    [Fact]
    public void Run_EveryStep_KeepsTheNumberOfTensors()
    {
        var live = new List<long>();
        var reports = new Reports(_ => live.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount));
        using var fit = new ClassifierFit(Small, torch.CPU);

        fit.Run(ToyData.Cohort(6), [], reports, TestContext.Current.CancellationToken);

        Assert.Equal(6, live.Count);
        Assert.Single(live.Skip(1).Distinct());
    }

    [Fact]
    public void Run_Cancelled_StopsInTheMiddleOfAnEpoch()
    {
        using var stop = new CancellationTokenSource();
        using var fit = new ClassifierFit(Small, torch.CPU);
        var reports = new Reports(_ => stop.Cancel());

        Assert.Throws<OperationCanceledException>(() => fit.Run(ToyData.Cohort(6), [], reports, stop.Token));
        Assert.Single(reports.All);
    }

    private static double[] Probabilities(ClassifierTrainingOptions options)
    {
        using var threads = TrainingDevice.UseThreads(options.Threads);
        using var fit = new ClassifierFit(options, torch.CPU);
        var samples = ToyData.Cohort(4);
        fit.Run(samples, [], null, TestContext.Current.CancellationToken);
        return [.. fit.Predict(samples, TestContext.Current.CancellationToken).Select(p => p.Probability)];
    }
}
