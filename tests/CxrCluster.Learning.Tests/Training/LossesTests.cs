using CxrCluster.Learning.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Tests.Training;

public sealed class LossesTests
{
    [Fact]
    public void Dice_HandComputedImages_MeanOfBoth()
    {
        using var scope = NewDisposeScope();
        // sigmoid(ln 3) = 0.75, sigmoid(-ln 3) = 0.25
        var log3 = (float)Math.Log(3);
        var logits = tensor(new[] { log3, -log3, 0, 0, log3, log3, log3, log3 }, [2, 1, 2, 2]);
        var target = tensor(new float[] { 1, 0, 1, 0, 1, 1, 1, 1 }, [2, 1, 2, 2]);
        // first: Σpt = 0.75 + 0.5 = 1.25, Σp = 2, Σt = 2; second: Σpt = 3, Σp = 3, Σt = 4
        var expected = 1 - (((2 * 1.25) + 1) / 5 + ((2 * 3.0) + 1) / 8) / 2;

        Assert.Equal(expected, Losses.Dice(logits, target).ToDouble(), 6);
    }

    [Fact]
    public void Dice_NoLungAndNothingPredicted_IsNearZero()
    {
        using var scope = NewDisposeScope();

        Assert.Equal(0, Losses.Dice(full([1, 1, 4, 4], -50f), zeros(1, 1, 4, 4)).ToDouble(), 6);
    }

    [Fact]
    public void DiceAndCrossEntropy_HandComputedImage_IsTheirSum()
    {
        using var scope = NewDisposeScope();
        var log3 = (float)Math.Log(3);
        var logits = tensor(new[] { log3, -log3 }, [1, 1, 1, 2]);
        var target = tensor(new float[] { 1, 1 }, [1, 1, 1, 2]);
        var dice = 1 - ((2 * 1.0) + 1) / (1 + 2 + 1);
        var crossEntropy = -(Math.Log(0.75) + Math.Log(0.25)) / 2;

        Assert.Equal(dice + crossEntropy, Losses.DiceAndCrossEntropy(logits, target).ToDouble(), 6);
    }

    [Fact]
    public void Dice_Gradient_AgreesWithFiniteDifferences()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(3);
        var logits = randn([2, 1, 3, 3], dtype: float64, generator: random);
        var target = rand([2, 1, 3, 3], dtype: float64, generator: random).gt(0.5).to(float64);
        var point = logits.clone().requires_grad_(true);
        Losses.Dice(point, target).backward();
        var gradient = point.grad!.data<double>().ToArray();

        const double Step = 1e-5;
        for (var i = 0; i < gradient.Length; i++)
        {
            var difference = Value(i, Step) - Value(i, -Step);
            Assert.Equal(difference / (2 * Step), gradient[i], 9);
        }

        double Value(int index, double step)
        {
            var moved = logits.clone();
            moved.view(-1)[index] += step;
            return Losses.Dice(moved, target).ToDouble();
        }
    }
}
