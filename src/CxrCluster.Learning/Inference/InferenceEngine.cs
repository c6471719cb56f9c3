using CxrCluster.Imaging;
using CxrCluster.Learning.Bundles;
using CxrCluster.Learning.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Inference;

/// <summary>
/// U-net and classifier of one bundle on one device: batch normalisation folded, channels last, and where the CPU has
/// it the classifier's late layers in bfloat16. Everything before them and everything that ends in a probability (the
/// whole U-net, the head) is float32: its rounding would reach the score. In float32 an image gets the same probability
/// within 1e-5 in any batch.
/// </summary>
public sealed class InferenceEngine : IInferenceEngine
{
    private readonly Device _device;
    private readonly ClassifierNetwork _classifier;
    private readonly UNet _segmenter;
    private readonly int _side;
    private readonly int _segmenterSide;
    private readonly TimeProvider _time;
    private int _chunk = 1;

    /// <summary>Loads the bundle's networks.</summary>
    /// <param name="bundle">The model.</param>
    /// <param name="options">Device and precision.</param>
    /// <param name="timeProvider">Times the batch sizes in <see cref="Warm" />; the system's by default.</param>
    /// <exception cref="InvalidBundleException">The weights do not fit the manifest.</exception>
    /// <exception cref="ArgumentException">The device is unknown or not on this machine.</exception>
    public InferenceEngine(ModelBundle bundle, EngineOptions options, TimeProvider? timeProvider = null)
    {
        ModelManifest manifest = bundle.Manifest;
        _device = TorchDevice.Parse(options.Device);
        _time = timeProvider ?? TimeProvider.System;
        _side = manifest.Preprocessing.Side;
        _segmenterSide = manifest.SegmenterSide;
        Precision = PrecisionChoice.Resolve(
            options.Precision,
            manifest.Precision,
            _device.type == DeviceType.CPU,
            PrecisionChoice.CpuHasBFloat16
        );
        _segmenter = bundle.LoadSegmenter();
        _classifier = bundle.LoadClassifier();
        Folding.FoldNorms(_segmenter);
        Folding.FoldNorms(_classifier);
        _classifier.FirstLayer.DropZeroChannel();
        nn.Module[] tolerant = Precision == Precision.BFloat16 ? [.. _classifier.TolerantParts] : [];
        foreach (nn.Module part in tolerant)
            Folding.SetPrecision(part, ScalarType.BFloat16);
        if (tolerant.Length == 0)
            Precision = Precision.Float32;
        foreach (nn.Module network in new nn.Module[] { _segmenter, _classifier })
        {
            ChannelsLast.Apply(network);
            network.to(_device);
        }
    }

    /// <summary>What was chosen; bfloat16 means the classifier's late layers.</summary>
    public Precision Precision { get; }

    /// <summary>Images run at once; larger batches are split. 1 until <see cref="Warm" /> has measured.</summary>
    public int ChunkSize => _chunk;

    /// <inheritdoc />
    public void Warm(int maxBatch) => _chunk = ChunkSizeSearch.Run(maxBatch, RunBlank, _time);

    /// <inheritdoc />
    /// <exception cref="ArgumentException">An image's side is not that of the bundle's preprocessing.</exception>
    public IReadOnlyList<Inference> Infer(
        IReadOnlyList<SquareImage> batch,
        bool wantLungMaps = false,
        bool wantHeatMaps = false
    )
    {
        if (batch.FirstOrDefault(image => image.Side != _side) is { } other)
            throw new ArgumentException(
                $"The model takes images of side {_side}, not {other.Side}: prepare them with the model's own preprocessing.",
                nameof(batch)
            );
        return [.. batch.Chunk(_chunk).SelectMany(images => Run(images, wantLungMaps, wantHeatMaps))];
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _classifier.Dispose();
        _segmenter.Dispose();
    }

    private void RunBlank(int count)
    {
        SquareImage blank = new(_side, new byte[_side * _side]);
        Run([.. Enumerable.Repeat(blank, count)], wantLungMaps: false, wantHeatMaps: false);
    }

    private Inference[] Run(SquareImage[] images, bool wantLungMaps, bool wantHeatMaps)
    {
        using IDisposable inference = inference_mode();
        using DisposeScope scope = NewDisposeScope();
        Tensor pixels = NetworkInput.FromSquares(images).to(_device);
        Tensor lungs = NetworkInput.LungProbability(_segmenter, pixels, _segmenterSide);
        Tensor input = ChannelsLast.Of(cat([pixels, lungs], 1));
        Tensor features = _classifier.Maps(input);
        (Tensor logits, Tensor embedding) = _classifier.Classify(features);

        double[] probabilities = Values<double>(logits.to(float64).softmax(1).select(1, 1));
        double[] fractions = Values<double>(lungs.ge(Scalars.Half).to(float64).mean([1, 2, 3]));
        float[] embeddings = Values<float>(embedding);
        SquareImage[] lungMaps = wantLungMaps ? Squares(lungs) : [];
        SquareImage[] heatMaps = wantHeatMaps ? Squares(GradCam.Of(_classifier, features, _side)) : [];
        int size = embeddings.Length / images.Length;
        return
        [
            .. images.Select(
                (_, i) =>
                    new Inference(
                        probabilities[i],
                        fractions[i],
                        embeddings[(i * size)..((i + 1) * size)],
                        lungMaps.ElementAtOrDefault(i),
                        heatMaps.ElementAtOrDefault(i)
                    )
            ),
        ];
    }

    /// <summary>8-bit squares of N x 1 x S x S in [0, 1].</summary>
    private SquareImage[] Squares(Tensor maps) =>
        [
            .. Values<byte>(maps.mul(Scalars.White).round().to(uint8))
                .Chunk(_side * _side)
                .Select(pixels => new SquareImage(_side, pixels)),
        ];

    private static T[] Values<T>(Tensor tensor)
        where T : unmanaged => tensor.cpu().contiguous().data<T>().ToArray();
}
