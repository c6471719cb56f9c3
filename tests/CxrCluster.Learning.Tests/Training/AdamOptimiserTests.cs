using CxrCluster.Learning.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Tests.Training;

public sealed class AdamOptimiserTests
{
    [Fact]
    public void Step_TenTimes_MovesLikeTheLibrarysAdam()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(2);
        var start = randn([4, 3], generator: random);
        var target = randn([4, 3], generator: random);
        var (ours, theirs) = (new Parameter(start.clone()), new Parameter(start.clone()));
        using var adam = new AdamOptimiser([ours], l2: 0.1) { LearningRate = 0.05 };
        using var reference = optim.Adam([theirs], lr: 0.05, weight_decay: 0.1);
        for (var step = 0; step < 10; step++)
        {
            adam.ZeroGradients();
            Loss(ours).backward();
            adam.Step();
            reference.zero_grad();
            Loss(theirs).backward();
            reference.step();
        }

        Assert.False(allclose(ours, start, atol: 0.1), "nothing moved");
        Assert.True(allclose(ours, theirs, atol: 1e-6));

        Tensor Loss(Tensor point) => (point - target).pow(4).sum();
    }

    [Fact]
    public void Step_WithoutGradient_LeavesTheParameter()
    {
        using var scope = NewDisposeScope();
        var parameter = new Parameter(ones(2, 2));
        using var adam = new AdamOptimiser([parameter], l2: 0.1) { LearningRate = 0.05 };

        adam.Step();

        Assert.True(parameter.eq(ones(2, 2)).all().ToBoolean());
    }

    [Fact]
    public void Step_L2_PullsWeightsButNotBiases()
    {
        using var scope = NewDisposeScope();
        var (weight, bias) = (new Parameter(ones(2, 2)), new Parameter(ones(2)));
        using var adam = new AdamOptimiser([weight, bias], l2: 0.5) { LearningRate = 0.05 };
        // The loss does not depend on them, so only the penalty moves them.
        ((weight.sum() + bias.sum()) * 0).backward();

        adam.Step();

        Assert.True(allclose(weight, full([2, 2], 0.95f), atol: 1e-5));
        Assert.True(bias.eq(ones(2)).all().ToBoolean());
    }
}
