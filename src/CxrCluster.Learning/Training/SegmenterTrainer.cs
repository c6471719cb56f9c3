using CxrCluster.Imaging;
using CxrCluster.Learning.Bundles;
using CxrCluster.Learning.Data;
using CxrCluster.Learning.Inference;
using CxrCluster.Learning.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Training;

/// <summary>
/// Trains a U-net on radiographs with lung masks. Equal options, data and thread counts give equal bits on the CPU: every
/// draw comes from one generator made from the seed.
/// </summary>
public sealed class SegmenterTrainer
{
    private readonly SegmenterTrainingOptions _options;

    /// <summary>Checks the options.</summary>
    /// <exception cref="ArgumentException">An option is out of range; the message says which and what to give.</exception>
    public SegmenterTrainer(SegmenterTrainingOptions options)
    {
        TrainingOptions.ThrowIfInvalid(options);
        _options = options;
    }

    /// <summary>
    /// Trains on a part of the pairs, measures on the rest, and writes the last epoch's network. Nothing is chosen by the
    /// held-out pairs. Computes on the calling thread.
    /// </summary>
    /// <param name="imagesFolder">Radiographs.</param>
    /// <param name="masksFolder">Masks with the same names and sizes.</param>
    /// <param name="outputFile">The segmenter file to write (.safetensors).</param>
    /// <param name="progress">Told of every file and step.</param>
    /// <param name="ct">Stops between two steps; no file is written then.</param>
    /// <exception cref="InvalidTrainingDataException">The folders do not pair up, or hold too little.</exception>
    /// <exception cref="UnreadableImageException">A file cannot be read.</exception>
    public SegmenterTrainingResult Train(
        string imagesFolder,
        string masksFolder,
        string outputFile,
        IProgress<TrainingProgress>? progress,
        CancellationToken ct
    )
    {
        var pairs = ImageMaskFolders.Pair(imagesFolder, masksFolder);
        var count = _options.HeldOutCount ?? (int)Math.Round(pairs.Count * _options.HeldOutFraction);
        if (pairs.Count - count < 2)
        {
            throw new InvalidTrainingDataException(
                $"{pairs.Count} pairs with {count} held out leave fewer than 2 to train on; add pairs or hold out fewer."
            );
        }

        // An impossible place fails now, not after the training.
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(outputFile))!);
        var samples = SegmentationData.Load(pairs, _options.Preprocessing, progress, ct);
        var (training, heldOut) = HoldOut.Split(samples, s => s.Name, count, _options.Seed);
        using var threads = TrainingDevice.UseThreads(_options.Threads);
        var (network, loss) = Fit(training, progress, ct);
        using (network)
        {
            var dice = Evaluate(network, heldOut, ct);
            var result = new SegmenterTrainingResult(outputFile, training.Count, heldOut.Count, loss, dice);
            progress?.Report(new("held out", _options.Epochs, _options.Epochs, 1, 1, loss, result.MeanDice, "Dice"));
            network.cpu();
            new SegmenterFile(network, _options.Preprocessing).Write(outputFile);
            return result;
        }
    }

    /// <summary>Trains a fresh network; the caller disposes it.</summary>
    internal (UNet Network, double Loss) Fit(
        IReadOnlyList<SegmentationSample> samples,
        IProgress<TrainingProgress>? progress,
        CancellationToken ct
    )
    {
        var device = TrainingDevice.Open(_options.Device);
        using var random = new Generator((ulong)_options.Seed);
        var network = new UNet(_options.Shape);
        try
        {
            Initialisation.Seeded(network, random);
            network.to(device);
            ChannelsLast.Apply(network);
            using var loop = new TrainingLoop(network, _options);
            using var feed = new BatchFeed(
                [.. samples.Select(s => (s.Name, (Func<(SquareImage, SquareImage)>)(() => (s.Image, s.Mask))))],
                _options,
                firstEpoch: 1
            );
            var loss = double.NaN;
            for (var epoch = 1; epoch <= _options.Epochs; epoch++)
            {
                loss = RunEpoch(network, loop, feed, epoch, progress, ct);
            }

            return (network, loss);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <returns>Mean loss.</returns>
    private double RunEpoch(
        UNet network,
        TrainingLoop loop,
        BatchFeed feed,
        int epoch,
        IProgress<TrainingProgress>? progress,
        CancellationToken ct
    )
    {
        var device = TrainingDevice.Open(_options.Device);
        var (sum, seen) = (0.0, 0);
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            var batch = feed.Next(ct);
            var loss = loop.Step(epoch, () => Loss(batch));
            if (!double.IsFinite(loss))
            {
                throw new InvalidTrainingDataException(
                    $"The loss of epoch {epoch} is no number any more; lower the learning rate (now {_options.LearningRate})."
                );
            }

            sum += loss * batch.Indices.Count;
            seen += batch.Indices.Count;
            progress?.Report(new("segmenter", epoch, _options.Epochs, batch.Step, batch.Steps, sum / seen));
            if (batch.Step == batch.Steps)
            {
                return sum / seen;
            }
        }

        Tensor Loss(TrainingBatch batch)
        {
            // Interpolation softens a moved mask's rim: half and more is lung.
            var masks = NetworkInput.FromSquares(batch.Maps).to(device).ge(Scalars.Half).to(float32);
            var images = ChannelsLast.Of(NetworkInput.FromSquares(batch.Images).to(device));
            return Losses.DiceAndCrossEntropy(network.call(images), masks);
        }
    }

    /// <summary>Dice of every sample: 2 |A ∩ B| / (|A| + |B|) of the pixels at or above a probability of 0.5; 1 when both are empty.</summary>
    private SortedDictionary<string, double> Evaluate(
        UNet network,
        IReadOnlyList<SegmentationSample> samples,
        CancellationToken ct
    )
    {
        network.eval();
        using var noGradient = no_grad();
        var device = TrainingDevice.Open(_options.Device);
        var dice = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var sample in samples)
        {
            ct.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var found = network.call(NetworkInput.FromSquares([sample.Image]).to(device)).ge(Scalars.Zero);
            var truth = NetworkInput.FromSquares([sample.Mask]).to(device).ge(Scalars.Half);
            var overlap = Values.Single(found.logical_and(truth).sum());
            var total = Values.Single(found.sum()) + Values.Single(truth.sum());
            dice.Add(sample.Name, total == 0 ? 1 : 2 * overlap / total);
        }

        return dice;
    }
}
