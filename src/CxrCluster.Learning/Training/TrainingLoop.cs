using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Training;

/// <summary>
/// Runs epochs over a network's parameters: shuffles, steps Adam, decays its learning rate, reports, and can be
/// cancelled between steps. Made after the network is on its device.
/// </summary>
internal sealed class TrainingLoop : IDisposable
{
    private readonly nn.Module _network;
    private readonly TrainingOptions _options;
    private readonly Generator _random;
    private readonly AdamOptimiser _adam;
    private readonly Parameter[] _parameters;

    public TrainingLoop(nn.Module network, TrainingOptions options, Generator random)
    {
        (_network, _options, _random) = (network, options, random);
        _parameters = [.. network.parameters().Where(p => p.requires_grad)];
        _adam = new AdamOptimiser(_parameters, options.L2);
    }

    /// <summary>One pass over <paramref name="samples"/> samples.</summary>
    /// <param name="phase">Name in the reports.</param>
    /// <param name="epoch">From 1.</param>
    /// <param name="loss">The scalar loss of the samples of these indices, called in training mode, inside a dispose scope.</param>
    /// <returns>Mean loss per sample.</returns>
    /// <exception cref="InvalidOperationException">The loss is no number any more.</exception>
    public double RunEpoch(
        string phase,
        int epoch,
        int samples,
        Func<IReadOnlyList<int>, Tensor> loss,
        IProgress<TrainingProgress>? progress,
        CancellationToken ct
    )
    {
        _network.train();
        _adam.LearningRate = LearningRate(_options, epoch);
        var batches = Batches(Shuffled(samples), _options.BatchSize);
        var (sum, seen) = (0.0, 0);
        for (var step = 0; step < batches.Count; step++)
        {
            ct.ThrowIfCancellationRequested();
            var value = Step(() => loss(batches[step]));
            if (!double.IsFinite(value))
            {
                throw new InvalidOperationException(
                    $"The loss of epoch {epoch} is no number any more; lower the learning rate (now {_options.LearningRate})."
                );
            }

            sum += value * batches[step].Count;
            seen += batches[step].Count;
            progress?.Report(new(phase, epoch, _options.Epochs, step + 1, batches.Count, sum / seen));
        }

        return sum / seen;
    }

    /// <summary>Learning rate of an epoch (from 1): first · fraction^((epoch - 1) / (epochs - 1)).</summary>
    public static double LearningRate(TrainingOptions options, int epoch)
    {
        var way = options.Epochs == 1 ? 0 : (epoch - 1.0) / (options.Epochs - 1);
        return options.LearningRate * Math.Pow(options.FinalLearningRateFraction, way);
    }

    /// <summary>Cuts indices into the fewest batches of at most <paramref name="size"/>, as equal as can be.</summary>
    public static IReadOnlyList<IReadOnlyList<int>> Batches(int[] indices, int size)
    {
        var count = (indices.Length + size - 1) / size;
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => indices[(indices.Length * i / count)..(indices.Length * (i + 1) / count)]),
        ];
    }

    public void Dispose() => _adam.Dispose();

    private double Step(Func<Tensor> loss)
    {
        using var scope = NewDisposeScope();
        _adam.ZeroGradients();
        var value = loss();
        value.backward();
        if (_options.GradientClip is { } limit)
        {
            nn.utils.clip_grad_norm_(_parameters, limit);
        }

        _adam.Step();
        return Values.Single(value);
    }

    private int[] Shuffled(int samples)
    {
        using var order = randperm(samples, generator: _random);
        return [.. order.data<long>().Select(i => (int)i)];
    }
}
