using CxrCluster.Learning.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Tests.Training;

public sealed class TrainingLoopTests
{
    private static readonly SegmenterTrainingOptions Options = new()
    {
        Epochs = 5,
        BatchSize = 4,
        LearningRate = 0.1,
        FinalLearningRateFraction = 0.01,
    };

    [Fact]
    public void LearningRate_OverTheEpochs_DecaysByAConstantFactorToTheGivenFraction()
    {
        var rates = Enumerable.Range(1, 5).Select(e => TrainingLoop.LearningRate(Options, e)).ToArray();

        Assert.Equal(0.1, rates[0], 12);
        Assert.Equal(0.001, rates[^1], 12);
        Assert.All(rates.Zip(rates.Skip(1)), pair => Assert.Equal(rates[1] / rates[0], pair.Second / pair.First, 9));
    }

    [Fact]
    public void Step_LossOfNaN_MakesNoStep()
    {
        using var scope = NewDisposeScope();
        using var network = nn.Linear(1, 1);
        using var loop = new TrainingLoop(network, Options);
        var before = network.weight!.detach().clone();

        Assert.True(double.IsNaN(loop.Step(1, () => network.call(ones(1, 1)).sum() * double.NaN)));

        Assert.Equal(0, loop.Adam.Steps);
        Assert.True(network.weight!.eq(before).all().ToBoolean());
    }

    [Fact]
    public void Step_GradientClip_BoundsTheGradient()
    {
        using var scope = NewDisposeScope();
        using var network = nn.Linear(3, 1);
        using var loop = new TrainingLoop(network, Options with { GradientClip = 0.5 });

        loop.Step(1, () => network.call(ones(1, 3)).sum() * 100);

        var norm = Math.Sqrt(network.parameters().Sum(p => p.grad!.square().sum().ToDouble()));
        Assert.Equal(0.5, norm, 4);
    }
}
