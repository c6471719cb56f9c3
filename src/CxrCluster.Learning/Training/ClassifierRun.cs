using CxrCluster.Learning.Bundles;
using CxrCluster.Learning.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Training;

/// <summary>
/// One classifier training, advanced step by step by whoever owns the computing thread. Equal options, data and thread
/// counts give equal bits on the CPU, interrupted and resumed or not: every random stream is made anew from the seed, the
/// epoch and its purpose. One thread at a time.
/// </summary>
public sealed class ClassifierRun : IDisposable
{
    /// <summary>Name of the metric that <see cref="Advance"/> reports after an epoch with validation images.</summary>
    public const string MetricName = "ROC AUC";

    private readonly ClassifierTrainingOptions _options;
    private readonly TrainingCohort _cohort;
    private readonly ICheckpointStore? _checkpoints;
    private readonly TimeProvider _time;
    private readonly ClassifierFit _fit;
    private readonly TrainingLoop _loop;
    private readonly NetworkSnapshot _kept;
    private readonly List<EpochRecord> _history = [];
    private BatchFeed? _feed;
    private EpochTally _tally = new();

    /// <summary>Makes the network; computes nothing yet.</summary>
    /// <param name="options">How to train. The split fractions are not used: the cohort is split already.</param>
    /// <param name="cohort">What to train on.</param>
    /// <param name="checkpoints">Where the state is kept after every epoch; null keeps none.</param>
    /// <param name="time">Measures the epochs.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message says which and what to give.</exception>
    /// <exception cref="InvalidTrainingDataException">A class is missing from a part.</exception>
    /// <exception cref="Weights.InvalidWeightsException">The initial weights cannot be used.</exception>
    public ClassifierRun(
        ClassifierTrainingOptions options,
        TrainingCohort cohort,
        ICheckpointStore? checkpoints,
        TimeProvider time
    )
    {
        TrainingOptions.ThrowIfInvalid(options);
        cohort.ThrowIfUntrainable();
        (_options, _cohort, _checkpoints, _time) = (options, cohort, checkpoints, time);
        _fit = new ClassifierFit(options, cohort);
        _loop = new TrainingLoop(_fit.Network, options);
        _kept = new NetworkSnapshot(_fit.Network);
    }

    /// <summary>Whether there is nothing left to do: all epochs are done, or the training has diverged.</summary>
    public bool Done { get; private set; }

    /// <summary>Epochs finished.</summary>
    public int EpochsDone => _history.Count;

    /// <summary>The epochs so far, also those before a resume.</summary>
    public IReadOnlyList<EpochRecord> History => _history;

    /// <summary>
    /// The epoch whose weights are kept, from 1: the one of the highest validation area, of the lowest validation loss among
    /// equals; without validation images the last finished one. 0 before the first.
    /// </summary>
    public int KeptEpoch { get; private set; }

    /// <summary>Why the training ended early, in a sentence: its loss or its weights are no numbers any more. Else null.</summary>
    public string? Divergence { get; private set; }

    /// <summary>Goes on from the store's newest checkpoint; call it before the first step.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="CheckpointException">It is damaged, or of a training with other options or data.</exception>
    public bool Resume()
    {
        if (_feed is not null || EpochsDone > 0)
        {
            throw new InvalidOperationException("A training can be resumed before its first step only.");
        }

        using var stream = _checkpoints?.OpenLatest();
        if (stream is null)
        {
            return false;
        }

        CheckpointFile.Read(
            stream,
            header =>
            {
                RunFingerprint.ThrowIfOther(header.Fingerprint, RunFingerprint.Of(_options, _cohort));
                _loop.Adam.Steps = header.Step;
                _history.AddRange(header.History);
                KeptEpoch = header.KeptEpoch;
                _kept.Take();
                return Tensors();
            }
        );
        if (KeptEpoch == EpochsDone)
        {
            _kept.Take();
        }

        FinishIfLast();
        return true;
    }

    /// <summary>
    /// Makes one optimiser step; at an epoch's end also validates, keeps the weights if they are the best, and saves a
    /// checkpoint. A cancelled or failed call can be repeated.
    /// </summary>
    /// <param name="ct">Stops before the step, or within the validation.</param>
    /// <returns>Where the training stands; with the validation metric at an epoch's end.</returns>
    /// <exception cref="CheckpointException">The checkpoint could not be written; the one before it is still valid.</exception>
    public TrainingProgress Advance(CancellationToken ct)
    {
        if (Done)
        {
            throw new InvalidOperationException("The training is done.");
        }

        ct.ThrowIfCancellationRequested();
        var started = _time.GetTimestamp();
        if (!_tally.IsComplete)
        {
            Step(ct);
        }

        IReadOnlyList<HeldOutPrediction> validation =
            _tally.IsComplete && Divergence is null ? _fit.Predict(_cohort.Validation, ct) : [];
        _tally.Seconds += _time.GetElapsedTime(started).TotalSeconds;
        var progress = _tally.Progress(_options.Epochs);
        if (Divergence is not null || !_tally.IsComplete)
        {
            return progress;
        }

        var record = Judge(validation);
        if (Divergence is null)
        {
            try
            {
                SaveCheckpoint();
            }
            finally
            {
                FinishIfLast(); // without its last checkpoint, a training is done all the same
            }
        }

        return record?.ValidationAuc is { } auc ? progress with { Metric = auc, MetricName = MetricName } : progress;
    }

    /// <summary>Predictions for the held-out images with the kept weights, in float32, in the cohort's order.</summary>
    /// <exception cref="InvalidOperationException">The training is not done, or diverged before its first epoch's end.</exception>
    public IReadOnlyList<HeldOutPrediction> PredictHeldOut(CancellationToken ct)
    {
        ThrowIfNothingIsKept();
        return _fit.Predict(_cohort.HeldOut, ct);
    }

    /// <summary>Writes a model bundle with the kept weights. The run's network moves to the CPU.</summary>
    /// <param name="folder">The bundle's folder.</param>
    /// <param name="segmenter">What made the lung maps.</param>
    /// <param name="heldOut">What <see cref="PredictHeldOut"/> said; the bundle's metrics are made of it.</param>
    /// <param name="provenance">What else the bundle should say of its training (manifest hash, notes).</param>
    /// <exception cref="InvalidOperationException">The training is not done, or diverged before its first epoch's end.</exception>
    public ModelBundle WriteBundle(
        string folder,
        SegmenterFile segmenter,
        IReadOnlyList<HeldOutPrediction> heldOut,
        TrainingProvenance? provenance = null
    )
    {
        ThrowIfNothingIsKept();
        _fit.Network.cpu();
        segmenter.Network.cpu();
        var draft = BundleDraft.Of(_options, _cohort, this, segmenter, heldOut, provenance ?? new());
        return ModelBundle.Write(folder, draft, _fit.Network, segmenter.Network);
    }

    /// <summary>Makes a weight NaN, as a step too large would, so that tests see what happens then.</summary>
    internal void Poison()
    {
        using var noGradient = no_grad();
        using Scalar nan = double.NaN;
        _fit.Network.parameters().Last().fill_(nan);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _feed?.Dispose();
        _kept.Dispose();
        _loop.Dispose();
        _fit.Dispose();
    }

    private void Step(CancellationToken ct)
    {
        _feed ??= new BatchFeed(
            [.. _cohort.Training.Select(s => (s.Row.Image, s.Read))],
            _options,
            firstEpoch: EpochsDone + 1
        );
        var asked = _time.GetTimestamp();
        var batch = _feed.Next(ct);
        var waited = _time.GetElapsedTime(asked).TotalSeconds;
        if (batch.Step == 1)
        {
            _tally = new EpochTally { Epoch = batch.Epoch, Steps = batch.Steps };
            _fit.BeginEpoch(batch.Epoch);
        }

        var loss = _loop.Step(batch.Epoch, () => _fit.Loss(batch));
        _tally.Add(loss, batch.Indices.Count, waited);
        if (!double.IsFinite(loss))
        {
            Diverge($"The loss of epoch {batch.Epoch}, step {batch.Step}, is no number any more");
        }
    }

    /// <summary>Records a finished epoch and keeps its weights if they are the best; null when they are no numbers.</summary>
    private EpochRecord? Judge(IReadOnlyList<HeldOutPrediction> validation)
    {
        double? loss = validation.Count > 0 ? ClassifierFit.CrossEntropy(validation) : null;
        if (loss is { } value && !double.IsFinite(value) || !_fit.IsFinite)
        {
            Diverge($"The weights after epoch {_tally.Epoch} are no numbers any more");
            return null;
        }

        double? auc = validation.Count > 0 ? Auc(validation) : null;
        var rate = TrainingLoop.LearningRate(_options, _tally.Epoch);
        var best = KeptEpoch == 0 ? null : _history[KeptEpoch - 1];
        var record = _tally.Record(rate, loss, auc);
        _history.Add(record);
        _tally = new EpochTally();
        if (best?.ValidationAuc is not { } bestAuc || auc > bestAuc || auc == bestAuc && loss <= best.ValidationLoss)
        {
            KeptEpoch = record.Epoch;
            _kept.Take();
        }

        return record;
    }

    /// <summary>0.5 (knows nothing) when they are all of one class.</summary>
    private static double Auc(IReadOnlyList<HeldOutPrediction> predictions) =>
        BinaryMetrics.Compute([.. predictions.Select(p => (p.Row.Label, p.Probability))], 0.5).RocAuc ?? 0.5;

    private void SaveCheckpoint()
    {
        if (_checkpoints is null)
        {
            return;
        }

        var header = new CheckpointHeader
        {
            Fingerprint = RunFingerprint.Of(_options, _cohort),
            Step = _loop.Adam.Steps,
            KeptEpoch = KeptEpoch,
            History = _history,
        };
        try
        {
            _checkpoints.Save(EpochsDone, stream => CheckpointFile.Write(stream, header, Tensors()));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException(
                $"The checkpoint of epoch {EpochsDone} could not be written ({problem.Message.TrimEnd('.')}). The one before it "
                    + "is still valid: make room, or allow writing there, and resume the training.",
                problem
            );
        }
    }

    /// <summary>All that changes in a training, live; the kept weights only where they are not the present ones.</summary>
    private Dictionary<string, Tensor> Tensors()
    {
        var all = _fit.Network.state_dict().Concat(_loop.Adam.State).ToDictionary(StringComparer.Ordinal);
        if (KeptEpoch != EpochsDone)
        {
            foreach (var (name, copy) in _kept.Copies)
            {
                all.Add($"kept.{name}", copy);
            }
        }

        return all;
    }

    private void FinishIfLast()
    {
        if (EpochsDone == _options.Epochs)
        {
            Finish();
        }
    }

    private void Diverge(string what)
    {
        Divergence =
            $"{what}; lower the learning rate (now {_options.LearningRate}) or clip the gradient. "
            + (KeptEpoch > 0 ? $"The weights of epoch {KeptEpoch} are kept." : "No epoch was finished before.");
        Finish();
    }

    private void Finish()
    {
        Done = true;
        _kept.Restore();
    }

    private void ThrowIfNothingIsKept()
    {
        if (!Done || KeptEpoch == 0)
        {
            throw new InvalidOperationException(Divergence ?? "The training is not done yet.");
        }
    }
}
