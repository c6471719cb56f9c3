using CxrCluster.Imaging;
using CxrCluster.Imaging.Augmentation;
using CxrCluster.Learning.Data;
using CxrCluster.Learning.Inference;
using CxrCluster.Learning.Networks;
using CxrCluster.Learning.Weights;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CxrCluster.Learning.Training;

/// <summary>A classifier network being fitted: made from the seed, asked for the loss of batches and for predictions.</summary>
internal sealed class ClassifierFit : IDisposable
{
    /// <summary>Keeps the logarithm of a probability that float32 rounds to 0 finite.</summary>
    private const double LeastProbability = 1e-7;

    private readonly ClassifierTrainingOptions _options;
    private readonly TrainingCohort _cohort;
    private readonly Device _device;
    private readonly Generator _dropout;
    private readonly Tensor? _classWeights;
    private readonly Convolution[] _convolutions;

    public ClassifierFit(ClassifierTrainingOptions options, TrainingCohort cohort)
    {
        (_options, _cohort) = (options, cohort);
        _device = TrainingDevice.Open(options.Device);
        _dropout = new Generator((ulong)options.Seed);
        using var scope = NewDisposeScope();
        Network = ClassifierNetwork.Create(options.Architecture, options.EmbeddingSize, options.Dropout);
        try
        {
            Network.DropoutGenerator = _dropout;
            Initialisation.Seeded(Network, _dropout);
            LoadInitialWeights();
            Network.to(_device);
            ChannelsLast.Apply(Network);
            _convolutions = [.. Network.modules().OfType<Convolution>()];
            _classWeights = options.BalancedClasses ? ClassWeights().DetachFromDisposeScope() : null;
            foreach (var value in Network.parameters().Concat(Network.buffers()))
            {
                value.DetachFromDisposeScope(); // the network outlives the scope of whoever makes it
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public ClassifierNetwork Network { get; }

    /// <summary>Whether the network has no infinity and no NaN in it.</summary>
    public bool IsFinite
    {
        get
        {
            using var noGradient = no_grad();
            using var scope = NewDisposeScope();
            return Network.state_dict().Values.All(value => Values.Single(value.isfinite().all()) > 0);
        }
    }

    /// <summary>Draws the epoch's dropout masks from a stream of its own.</summary>
    public void BeginEpoch(int epoch) =>
        _dropout.manual_seed((long)(new CounterRandom(_options.Seed, epoch, "dropout").NextBits() >> 1));

    /// <summary>Mean cross-entropy of a batch, weighted by class when the options say so.</summary>
    public Tensor Loss(TrainingBatch batch)
    {
        ComputeIn(_options.Precision == Precision.BFloat16 ? bfloat16 : null);
        var labels = batch.Indices.Select(i => (long)_cohort.Training[i].Row.Label).ToArray();
        var logits = Network.call(Input(batch.Images, batch.Maps));
        return F.cross_entropy(logits, tensor(labels, device: _device), _classWeights);
    }

    /// <summary>Predictions in float32, in order.</summary>
    public IReadOnlyList<HeldOutPrediction> Predict(IReadOnlyList<ClassificationSample> samples, CancellationToken ct)
    {
        var predictions = new List<HeldOutPrediction>(samples.Count);
        Network.eval();
        ComputeIn(null);
        using var noGradient = no_grad();
        foreach (var chunk in samples.Chunk(_options.BatchSize))
        {
            ct.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var squares = chunk.Select(s => s.Read()).ToList();
            var (logits, embedding) = Network.ForwardBoth(
                Input([.. squares.Select(s => s.Image)], [.. squares.Select(s => s.LungMap)])
            );
            var probability = F.softmax(logits, 1).select(1, 1).cpu().data<float>().ToArray();
            var vectors = embedding.cpu().data<float>().ToArray().Chunk(_options.EmbeddingSize);
            predictions.AddRange(
                chunk.Zip(probability, vectors).Select(x => new HeldOutPrediction(x.First.Row, x.Second, x.Third))
            );
        }

        return predictions;
    }

    /// <summary>Mean cross-entropy, unweighted.</summary>
    public static double CrossEntropy(IReadOnlyList<HeldOutPrediction> predictions) =>
        predictions.Average(p =>
            -Math.Log(Math.Max(LeastProbability, p.Row.Label == 1 ? p.Probability : 1 - p.Probability))
        );

    public void Dispose()
    {
        Network.Dispose();
        _dropout.Dispose();
        _classWeights?.Dispose();
    }

    private Tensor Input(IReadOnlyList<SquareImage> images, IReadOnlyList<SquareImage> maps)
    {
        using var scope = NewDisposeScope();
        var stacked = NetworkInput.Stack(NetworkInput.FromSquares(images), NetworkInput.FromSquares(maps));
        return ChannelsLast.Of(stacked.to(_device)).MoveToOuterDisposeScope();
    }

    /// <summary>The parameters stay float32 whatever the convolutions compute in: they are the master weights.</summary>
    private void ComputeIn(ScalarType? type)
    {
        foreach (var convolution in _convolutions)
        {
            convolution.ComputeType = type;
        }
    }

    /// <summary>images / (2 · images of the class), so that both classes weigh the same in an epoch.</summary>
    private Tensor ClassWeights()
    {
        var positives = _cohort.Training.Count(s => s.Row.Label == 1);
        var half = _cohort.Training.Count / 2f;
        return tensor([half / (_cohort.Training.Count - positives), half / positives], device: _device);
    }

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

        StrictLoading.Load(Network, weights, path);

        static bool IsHead(string name) => name.StartsWith("head.", StringComparison.Ordinal);
    }
}
