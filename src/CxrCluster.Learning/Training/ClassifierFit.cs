using CxrCluster.Imaging;
using CxrCluster.Learning.Data;
using CxrCluster.Learning.Inference;
using CxrCluster.Learning.Networks;
using CxrCluster.Learning.Weights;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CxrCluster.Learning.Training;

/// <summary>A classifier network being fitted: made from the seed, run over the epochs, asked for probabilities.</summary>
internal sealed class ClassifierFit : IDisposable
{
    public const string MetricName = "ROC AUC";

    private readonly ClassifierTrainingOptions _options;
    private readonly Device _device;
    private readonly Generator _random;
    private readonly Augmenter _augmenter;

    public ClassifierFit(ClassifierTrainingOptions options, Device device)
    {
        (_options, _device) = (options, device);
        _random = new Generator((ulong)options.Seed);
        _augmenter = new Augmenter(options.Augmentation);
        Network = ClassifierNetwork.Create(options.Architecture, options.EmbeddingSize, options.Dropout);
        Network.DropoutGenerator = _random;
        Initialisation.Seeded(Network, _random);
        LoadInitialWeights();
        Network.to(device);
        ChannelsLast.Apply(Network);
    }

    public ClassifierNetwork Network { get; }

    /// <summary>The epoch whose weights the network has, from 1; 0 before the first.</summary>
    public int KeptEpoch { get; private set; }

    /// <summary>Mean loss of that epoch.</summary>
    public double Loss { get; private set; } = double.NaN;

    /// <summary>
    /// Trains all epochs. With validation images, the network ends with the weights of the epoch of the highest ROC AUC
    /// (the latest among equals), else with the last.
    /// </summary>
    public void Run(
        IReadOnlyList<ClassificationSample> training,
        IReadOnlyList<ClassificationSample> validation,
        IProgress<TrainingProgress>? progress,
        CancellationToken ct
    )
    {
        using var loop = new TrainingLoop(Network, _options, _random);
        using var best = new NetworkSnapshot(Network);
        var bestAuc = double.NegativeInfinity;
        for (var epoch = 1; epoch <= _options.Epochs; epoch++)
        {
            var loss = loop.RunEpoch("classifier", epoch, training.Count, i => BatchLoss(training, i), progress, ct);
            if (validation.Count > 0)
            {
                var auc = Auc(validation, ct);
                progress?.Report(new("validation", epoch, _options.Epochs, 1, 1, loss, auc, MetricName));
                if (auc < bestAuc)
                {
                    continue;
                }

                bestAuc = auc;
                best.Take();
            }

            (KeptEpoch, Loss) = (epoch, loss);
        }

        best.Restore();
    }

    /// <summary>Probability of COVID-19 of every image, in order.</summary>
    public IReadOnlyList<HeldOutPrediction> Predict(IReadOnlyList<ClassificationSample> samples, CancellationToken ct)
    {
        var predictions = new List<HeldOutPrediction>(samples.Count);
        Network.eval();
        using var noGradient = no_grad();
        foreach (var chunk in samples.Chunk(_options.BatchSize))
        {
            ct.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var logits = Network.call(ChannelsLast.Of(Input(chunk)));
            var probability = F.softmax(logits, 1).select(1, 1).cpu().data<float>().ToArray();
            predictions.AddRange(chunk.Zip(probability, (s, p) => new HeldOutPrediction(s.Row, p)));
        }

        return predictions;
    }

    public void Dispose()
    {
        Network.Dispose();
        _random.Dispose();
    }

    private Tensor BatchLoss(IReadOnlyList<ClassificationSample> samples, IReadOnlyList<int> indices)
    {
        ClassificationSample[] chosen = [.. indices.Select(i => samples[i])];
        var input = ChannelsLast.Of(_augmenter.Apply(Input(chosen), _random));
        var labels = tensor(chosen.Select(s => (long)s.Row.Label).ToArray(), device: _device);
        return F.cross_entropy(Network.call(input), labels);
    }

    private Tensor Input(IReadOnlyList<ClassificationSample> samples)
    {
        using var scope = NewDisposeScope();
        var images = NetworkInput.FromSquares([.. samples.Select(s => s.Image)]);
        var lungs = NetworkInput.FromSquares([.. samples.Select(s => s.LungMap)]);
        return NetworkInput.Stack(images, lungs).to(_device).MoveToOuterDisposeScope();
    }

    /// <summary>Of validation images; 0.5 (knows nothing) when they are all of one class.</summary>
    private double Auc(IReadOnlyList<ClassificationSample> samples, CancellationToken ct) =>
        BinaryMetrics.Compute([.. Predict(samples, ct).Select(p => (p.Row.Label, p.Probability))], 0.5).RocAuc ?? 0.5;

    private void LoadInitialWeights()
    {
        if (_options.InitialWeights is not { } path)
        {
            return;
        }

        using var scope = NewDisposeScope();
        var weights = SafeTensors
            .Read(path)
            .Where(w => !w.Key.StartsWith("fc.", StringComparison.Ordinal))
            .ToDictionary(StringComparer.Ordinal);
        if (!weights.Keys.Any(IsHead))
        {
            foreach (var (name, own) in Network.state_dict().Where(w => IsHead(w.Key)))
            {
                weights.Add(name, own);
            }
        }

        StrictLoading.Load(Network, weights);

        static bool IsHead(string name) => name.StartsWith("head.", StringComparison.Ordinal);
    }
}
