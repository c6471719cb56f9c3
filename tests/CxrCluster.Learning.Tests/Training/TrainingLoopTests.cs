using CxrCluster.Learning.Training;
using FsCheck;
using FsCheck.Fluent;
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
    public void Batches_AnySizes_KeepOrderAndDifferByOneAtMost()
    {
        var sizes = Gen.Choose(1, 60).Zip(Gen.Choose(2, 20));
        Check.QuickThrowOnFailure(
            Prop.ForAll(
                sizes.ToArbitrary(),
                s =>
                {
                    var (count, size) = s;
                    var batches = TrainingLoop.Batches([.. Enumerable.Range(0, count)], size);
                    Assert.Equal(Enumerable.Range(0, count), batches.SelectMany(b => b));
                    Assert.True(batches.Max(b => b.Count) <= size);
                    Assert.True(batches.Max(b => b.Count) - batches.Min(b => b.Count) <= 1);
                    Assert.Equal((int)Math.Ceiling((double)count / size), batches.Count);
                }
            )
        );
    }

    [Fact]
    public void LearningRate_OverTheEpochs_DecaysByAConstantFactorToTheGivenFraction()
    {
        var rates = Enumerable.Range(1, 5).Select(e => TrainingLoop.LearningRate(Options, e)).ToArray();

        Assert.Equal(0.1, rates[0], 12);
        Assert.Equal(0.001, rates[^1], 12);
        Assert.All(rates.Zip(rates.Skip(1)), pair => Assert.Equal(rates[1] / rates[0], pair.Second / pair.First, 9));
    }

    [Fact]
    public void RunEpoch_EveryEpoch_SeesEverySampleOnceInANewOrder()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(1);
        using var network = nn.Linear(1, 1);
        using var loop = new TrainingLoop(network, Options, random);
        var orders = new List<List<int>>();
        for (var epoch = 1; epoch <= 2; epoch++)
        {
            var order = new List<int>();
            orders.Add(order);
            loop.RunEpoch("x", epoch, 30, Loss, null, TestContext.Current.CancellationToken);

            Tensor Loss(IReadOnlyList<int> indices)
            {
                order.AddRange(indices);
                return network.call(ones(1, 1)).square().mean();
            }
        }

        Assert.All(orders, order => Assert.Equal(Enumerable.Range(0, 30), order.Order()));
        Assert.NotEqual(orders[0], orders[1]);
    }

    [Fact]
    public void RunEpoch_LossOfNaN_SaysSo()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(1);
        using var network = nn.Linear(1, 1);
        using var loop = new TrainingLoop(network, Options, random);

        var problem = Assert.Throws<InvalidOperationException>(() =>
            loop.RunEpoch(
                "x",
                1,
                4,
                _ => network.call(ones(1, 1)).sum() * double.NaN,
                null,
                TestContext.Current.CancellationToken
            )
        );
        Assert.Contains("lower the learning rate", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RunEpoch_GradientClip_BoundsTheGradient()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(1);
        using var network = nn.Linear(3, 1);
        using var loop = new TrainingLoop(network, Options with { GradientClip = 0.5 }, random);

        loop.RunEpoch(
            "x",
            1,
            2,
            _ => network.call(ones(1, 3)).sum() * 100,
            null,
            TestContext.Current.CancellationToken
        );

        var norm = Math.Sqrt(network.parameters().Sum(p => p.grad!.square().sum().ToDouble()));
        Assert.Equal(0.5, norm, 4);
    }
}
