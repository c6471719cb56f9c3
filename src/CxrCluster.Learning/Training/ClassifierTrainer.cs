using System.Security.Cryptography;
using CxrCluster.Imaging.Cohorts;
using CxrCluster.Learning.Bundles;
using CxrCluster.Learning.Data;
using TorchSharp;

namespace CxrCluster.Learning.Training;

/// <summary>Trains one classifier on a cohort of files, from the manifest to the model bundle (see <see cref="ClassifierRun"/>).</summary>
public sealed class ClassifierTrainer
{
    private readonly ClassifierTrainingOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Checks the options.</summary>
    /// <param name="options">How to train.</param>
    /// <param name="time">Measures the epochs; the system's clock when null.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message says which and what to give.</exception>
    public ClassifierTrainer(ClassifierTrainingOptions options, TimeProvider? time = null)
    {
        TrainingOptions.ThrowIfInvalid(options);
        (_options, _time) = (options, time ?? TimeProvider.System);
    }

    /// <summary>
    /// Trains on a part of the patients, measures on the rest, and writes the bundle. Nothing is chosen by the held-out
    /// patients. Computes on the calling thread.
    /// </summary>
    /// <param name="input">What to read and where to write.</param>
    /// <param name="progress">Told of every file and step.</param>
    /// <param name="ct">Stops between two steps; no bundle is written then.</param>
    /// <exception cref="InvalidManifestException">The manifest cannot be used.</exception>
    /// <exception cref="Weights.InvalidWeightsException">The segmenter or the initial weights cannot be used.</exception>
    /// <exception cref="InvalidTrainingDataException">The images cannot be trained on.</exception>
    /// <exception cref="CheckpointException">A checkpoint could not be written, or is of another training.</exception>
    /// <exception cref="TrainingDivergedException">The loss became no number before the first epoch's end.</exception>
    public ClassifierTrainingResult Train(
        ClassifierTrainingInput input,
        IProgress<TrainingProgress>? progress,
        CancellationToken ct
    )
    {
        var repeated = new List<SkippedImage>();
        var rows = CohortManifest.Read(input.ManifestFile, (row, reason) => repeated.Add(new(row, reason)));
        CohortCheck.ThrowIfUnusable(rows);
        foreach (var warning in CohortCheck.Warnings(rows))
        {
            input.Say?.Invoke(warning);
        }

        using var threads = TrainingDevice.UseThreads(_options.Threads);
        using var squares = Squares(input, rows, progress, ct);
        if (squares.Samples.Count == 0)
        {
            throw new InvalidTrainingDataException(
                $"None of the {rows.Count} images can be used, the first: "
                    + $"{squares.Failed.Concat(squares.Excluded).First().Reason} Check the images folder."
            );
        }

        var cohort = TrainingCohort.Split(
            rows,
            squares.Samples,
            _options.HeldOutFraction,
            _options.ValidationFraction,
            _options.Seed
        );
        using var run = new ClassifierRun(_options, cohort, input.Checkpoints, _time);
        Directory.CreateDirectory(input.OutputFolder); // An impossible place fails now, not after the training.
        Begin(run, input);
        while (!run.Done)
        {
            var now = run.Advance(ct); // outside of the report, whose arguments nobody computes without a listener
            progress?.Report(now);
        }

        if (run.KeptEpoch == 0)
        {
            throw new TrainingDivergedException(run.Divergence!);
        }

        var result = Measure(run, cohort, input, squares, repeated, progress, ct);
        input.Checkpoints?.Clear(); // The bundle is written: nobody goes on from them.
        return result;
    }

    private CohortSquares Squares(
        ClassifierTrainingInput input,
        IReadOnlyList<CohortRow> rows,
        IProgress<TrainingProgress>? progress,
        CancellationToken ct
    )
    {
        var folder = input.CacheFolder ?? Path.TrimEndingDirectorySeparator(input.OutputFolder) + ".cache";
        return new SquaresCache(folder).GetOrBuild(
            rows,
            input.ImagesFolder,
            _options.Preprocessing,
            input.SegmenterFile,
            TrainingDevice.Open(_options.Device),
            input.SkipUnreadable,
            input.Say,
            progress,
            ct
        );
    }

    private static void Begin(ClassifierRun run, ClassifierTrainingInput input)
    {
        if (!input.Resume)
        {
            input.Checkpoints?.Clear();
        }
        else if (run.Resume())
        {
            input.Say?.Invoke($"Going on after epoch {run.EpochsDone}.");
        }
        else
        {
            input.Say?.Invoke("There is no checkpoint to go on from: training from the start.");
        }
    }

    private ClassifierTrainingResult Measure(
        ClassifierRun run,
        TrainingCohort cohort,
        ClassifierTrainingInput input,
        CohortSquares squares,
        IReadOnlyList<SkippedImage> repeated,
        IProgress<TrainingProgress>? progress,
        CancellationToken ct
    )
    {
        using var scope = torch.NewDisposeScope();
        var predictions = run.PredictHeldOut(ct);
        var metrics = BundleDraft.Metrics(_options, predictions);
        var loss = run.History[run.KeptEpoch - 1].TrainingLoss;
        progress?.Report(
            new("held out", _options.Epochs, _options.Epochs, 1, 1, loss, metrics.RocAuc, ClassifierRun.MetricName)
        );
        IReadOnlyList<SkippedImage> excluded = [.. repeated, .. squares.Excluded];
        var segmenter = SegmenterFile.Read(input.SegmenterFile);
        using var network = segmenter.Network;
        return new()
        {
            Bundle = run.WriteBundle(input.OutputFolder, segmenter, predictions, Provenance()),
            TrainingImages = cohort.Training.Count,
            ValidationImages = cohort.Validation.Count,
            KeptEpoch = run.KeptEpoch,
            Loss = loss,
            HeldOut = predictions,
            Metrics = metrics,
            Excluded = excluded,
            Failed = squares.Failed,
            History = run.History,
            Divergence = run.Divergence,
        };

        TrainingProvenance Provenance() =>
            new()
            {
                ManifestSha256 = Sha256(input.ManifestFile),
                Notes = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["split"] =
                        $"by patient, stratified; {_options.HeldOutFraction} held out, "
                        + $"{_options.ValidationFraction} of the rest for choosing the epoch",
                    ["excludedImages"] = $"{excluded.Count}",
                    ["unreadableImages"] = $"{squares.Failed.Count}",
                },
            };
    }

    private static string Sha256(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
