using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Training;

/// <summary>Steps Adam over a network's parameters, its learning rate decaying by epochs. Made after the network is on its device.</summary>
internal sealed class TrainingLoop : IDisposable
{
    private readonly nn.Module _network;
    private readonly TrainingOptions _options;
    private readonly Parameter[] _parameters;

    public TrainingLoop(nn.Module network, TrainingOptions options)
    {
        (_network, _options) = (network, options);
        _parameters = [.. network.parameters().Where(p => p.requires_grad)];
        Adam = new AdamOptimiser(_parameters, options.L2);
    }

    public AdamOptimiser Adam { get; }

    /// <summary>Learning rate of an epoch (from 1): first · fraction^((epoch - 1) / (epochs - 1)).</summary>
    public static double LearningRate(TrainingOptions options, int epoch)
    {
        var way = options.Epochs == 1 ? 0 : (epoch - 1.0) / (options.Epochs - 1);
        return options.LearningRate * Math.Pow(options.FinalLearningRateFraction, way);
    }

    /// <summary>One step down a loss.</summary>
    /// <param name="epoch">From 1.</param>
    /// <param name="loss">The scalar loss, called in training mode, inside a dispose scope.</param>
    /// <returns>The loss before the step; when it is no number, no step was made.</returns>
    public double Step(int epoch, Func<Tensor> loss)
    {
        using var scope = NewDisposeScope();
        _network.train();
        Adam.LearningRate = LearningRate(_options, epoch);
        Adam.ZeroGradients();
        var value = loss();
        var number = Values.Single(value);
        if (!double.IsFinite(number))
        {
            return number;
        }

        value.backward();
        if (_options.GradientClip is { } limit)
        {
            nn.utils.clip_grad_norm_(_parameters, limit);
        }

        Adam.Step();
        return number;
    }

    public void Dispose() => Adam.Dispose();
}
