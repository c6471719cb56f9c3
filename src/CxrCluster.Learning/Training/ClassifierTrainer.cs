using System.Security.Cryptography;
using CxrCluster.Imaging.Cohorts;
using CxrCluster.Learning.Bundles;
using CxrCluster.Learning.Data;
using TorchSharp;

namespace CxrCluster.Learning.Training;

/// <summary>
/// Trains one classifier on a cohort and writes a model bundle. Equal options, data and thread counts give equal bits on
/// the CPU: every draw comes from one generator made from the seed.
/// </summary>
public sealed class ClassifierTrainer
{
    private readonly ClassifierTrainingOptions _options;

    /// <summary>Checks the options.</summary>
    /// <exception cref="ArgumentException">An option is out of range; the message says which and what to give.</exception>
    public ClassifierTrainer(ClassifierTrainingOptions options)
    {
        TrainingOptions.ThrowIfInvalid(options);
        _options = options;
    }

    /// <summary>
    /// Trains on a part of the patients, measures on the rest, and writes the bundle. Nothing is chosen by the held-out
    /// patients. Computes on the calling thread.
    /// </summary>
    /// <param name="manifestFile">The cohort's manifest.</param>
    /// <param name="imagesFolder">Its images.</param>
    /// <param name="segmenterFile">A trained segmenter (<see cref="SegmenterTrainer"/>).</param>
    /// <param name="outputFolder">The bundle to write.</param>
    /// <param name="progress">Told of every file and step.</param>
    /// <param name="ct">Stops between two steps; no bundle is written then.</param>
    /// <exception cref="InvalidManifestException">The manifest cannot be used.</exception>
    /// <exception cref="Weights.InvalidWeightsException">The segmenter or the initial weights cannot be used.</exception>
    /// <exception cref="InvalidTrainingDataException">Too few usable images are left to train on.</exception>
    public ClassifierTrainingResult Train(
        string manifestFile,
        string imagesFolder,
        string segmenterFile,
        string outputFolder,
        IProgress<TrainingProgress>? progress,
        CancellationToken ct
    )
    {
        var repeated = new List<SkippedImage>();
        var rows = CohortManifest.Read(manifestFile, (row, reason) => repeated.Add(new(row, reason)));
        using var threads = TrainingDevice.UseThreads(_options.Threads);
        var device = TrainingDevice.Open(_options.Device);
        using var scope = torch.NewDisposeScope();
        var segmenter = SegmenterFile.Read(segmenterFile);
        using var segmenterNetwork = segmenter.Network;
        segmenterNetwork.to(device);
        var data = ClassificationData.Load(rows, imagesFolder, _options.Preprocessing, segmenter, device, progress, ct);
        data = data with { Excluded = [.. repeated, .. data.Excluded] };
        var parts = CohortParts.Of(rows, data.Samples, _options);
        Check(parts, data);
        Directory.CreateDirectory(outputFolder); // An impossible place fails now, not after the training.

        using var fit = new ClassifierFit(_options, device);
        fit.Run(parts.Training, parts.Validation, progress, ct);
        var predictions = fit.Predict(parts.HeldOut, ct);
        var metrics = BinaryMetrics.Compute(
            [.. predictions.Select(p => (p.Row.Label, p.Probability))],
            _options.Threshold
        );
        progress?.Report(
            new("held out", _options.Epochs, _options.Epochs, 1, 1, fit.Loss, metrics.RocAuc, ClassifierFit.MetricName)
        );

        fit.Network.cpu();
        segmenterNetwork.cpu();
        return new()
        {
            Bundle = ModelBundle.Write(outputFolder, Draft(), fit.Network, segmenterNetwork),
            TrainingImages = parts.Training.Count,
            ValidationImages = parts.Validation.Count,
            KeptEpoch = fit.KeptEpoch,
            Loss = fit.Loss,
            HeldOut = predictions,
            Metrics = metrics,
            Excluded = data.Excluded,
            Failed = data.Failed,
        };

        ModelManifest Draft() =>
            new()
            {
                Name = _options.Name,
                Architecture = _options.Architecture,
                EmbeddingSize = _options.EmbeddingSize,
                SegmenterShape = segmenterNetwork.Shape,
                SegmenterSide = segmenter.Side,
                Preprocessing = _options.Preprocessing,
                Threshold = _options.Threshold,
                Training = new()
                {
                    Seed = _options.Seed,
                    Epochs = fit.KeptEpoch,
                    LearningRate = _options.LearningRate,
                    Images = parts.Training.Count,
                    Patients = Patients(parts.Training),
                    ManifestSha256 = Sha256(manifestFile),
                    InitialWeights = _options.InitialWeights is { } path ? Path.GetFileName(path) : null,
                    Notes = Notes(parts, data),
                },
                Metrics = Measured(metrics),
            };
    }

    /// <summary>The parts must be big enough, and training must see both classes.</summary>
    private void Check(CohortParts parts, ClassificationData data)
    {
        var positives = parts.Training.Count(s => s.Row.Label == 1);
        if (positives == 0 || positives == parts.Training.Count)
        {
            var skipped = data.Failed.Concat(data.Excluded).FirstOrDefault();
            throw new InvalidTrainingDataException(
                $"Of {parts.Training.Count} images left to train on, {positives} are positive: both classes are needed "
                    + $"({data.Excluded.Count} excluded, {data.Failed.Count} unreadable"
                    + $"{(skipped is null ? "" : $", the first: {skipped.Reason}")}). Check the images folder and the labels."
            );
        }

        if (_options.ValidationFraction > 0 && parts.Validation.Select(s => s.Row.Label).Distinct().Count() < 2)
        {
            throw new InvalidTrainingDataException(
                $"The {parts.Validation.Count} validation images do not hold both classes; give a larger validation fraction "
                    + "or none."
            );
        }
    }

    private Dictionary<string, string> Notes(CohortParts parts, ClassificationData data) =>
        new(StringComparer.Ordinal)
        {
            ["split"] =
                $"by patient, stratified; {_options.HeldOutFraction} held out, "
                + $"{_options.ValidationFraction} of the rest for choosing the epoch",
            ["heldOutImages"] = $"{parts.HeldOut.Count}",
            ["heldOutPatients"] = $"{Patients(parts.HeldOut)}",
            ["validationImages"] = $"{parts.Validation.Count}",
            ["excludedImages"] = $"{data.Excluded.Count}",
            ["unreadableImages"] = $"{data.Failed.Count}",
            ["epochsRun"] = $"{_options.Epochs}",
            ["batchSize"] = $"{_options.BatchSize}",
            ["finalLearningRateFraction"] = $"{_options.FinalLearningRateFraction}",
            ["l2"] = $"{_options.L2}",
            ["dropout"] = $"{_options.Dropout}",
            ["augmentation"] = _options.Augmentation.ToString(),
        };

    private static Dictionary<string, MetricValue> Measured(BinaryMetrics metrics)
    {
        (string Name, double? Value)[] all =
        [
            ("rocAuc", metrics.RocAuc),
            ("accuracy", metrics.Accuracy),
            ("sensitivity", metrics.Sensitivity),
            ("specificity", metrics.Specificity),
        ];
        return all.Where(m => m.Value is not null)
            .ToDictionary(m => m.Name, m => new MetricValue(m.Value!.Value), StringComparer.Ordinal);
    }

    private static int Patients(IReadOnlyList<ClassificationSample> samples) =>
        samples.Select(s => (s.Row.Hospital, s.Row.PatientId)).Distinct().Count();

    private static string Sha256(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
