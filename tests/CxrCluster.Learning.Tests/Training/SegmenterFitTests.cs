using CxrCluster.Learning.Networks;
using CxrCluster.Learning.Training;
using TorchSharp;

namespace CxrCluster.Learning.Tests.Training;

public sealed class SegmenterFitTests
{
    private static readonly SegmenterTrainingOptions Small = new()
    {
        Epochs = 3,
        BatchSize = 4,
        Shape = new(Depth: 3, BaseWidth: 4),
        Preprocessing = new() { Side = ToyData.Side },
        Threads = 1,
        LearningRate = 5e-3,
    };

    [Fact]
    public void Fit_EqualSeeds_EqualBits()
    {
        Assert.Equal(Weights(Small), Weights(Small));
        Assert.NotEqual(Weights(Small), Weights(Small with { Seed = 2 }));
    }

    [Fact]
    public void Fit_Discs_LossFalls()
    {
        var reports = new Reports();

        var (network, loss) = new SegmenterTrainer(Small with { Epochs = 20, LearningRate = 2e-2 }).Fit(
            ToyData.Discs(16),
            reports,
            TestContext.Current.CancellationToken
        );

        network.Dispose();
        var first = reports.All.Last(r => r.Epoch == 1).Loss;
        Assert.True(loss < first / 2, $"the loss went from {first} to {loss}");
    }

    [Fact]
    public void Fit_EveryStep_KeepsTheNumberOfTensors()
    {
        var live = new List<long>();
        var reports = new Reports(_ => live.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount));

        var (network, _) = new SegmenterTrainer(Small).Fit(
            ToyData.Discs(16),
            reports,
            TestContext.Current.CancellationToken
        );

        network.Dispose();
        Assert.Equal(12, live.Count);
        // The first step makes Adam's moments.
        Assert.Single(live.Skip(1).Distinct());
    }

    [Fact]
    public void Fit_Cancelled_StopsBeforeTheNextStep()
    {
        using var stop = new CancellationTokenSource();
        var reports = new Reports(r =>
        {
            if (r is { Epoch: 2, Step: 2 })
            {
                stop.Cancel();
            }
        });

        Assert.Throws<OperationCanceledException>(() =>
            new SegmenterTrainer(Small).Fit(ToyData.Discs(16), reports, stop.Token)
        );
        Assert.Equal((2, 2), (reports.All[^1].Epoch, reports.All[^1].Step));
    }

    private static float[] Weights(SegmenterTrainingOptions options)
    {
        using var threads = TrainingDevice.UseThreads(options.Threads);
        var (network, _) = new SegmenterTrainer(options).Fit(
            ToyData.Discs(8),
            null,
            TestContext.Current.CancellationToken
        );
        using (network)
        {
            return [.. network.state_dict().Values.SelectMany(t => t.to(torch.float32).contiguous().data<float>())];
        }
    }
}
