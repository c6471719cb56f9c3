using CxrCluster.Contracts.Training;
using CxrCluster.Grains.Telemetry;

namespace CxrCluster.Grains.Training;

/// <summary>
/// One epoch of one run as steps of a slot: open or go on, step by step to the epoch's end, and the predictions when it was
/// the last. All on the slot's thread, one step at a time.
/// </summary>
internal sealed class UnitSteps(
    TrainingUnit unit,
    WarmRun warm,
    string device,
    ITrainingRuns runs,
    UnitCheckpoints fresh,
    TrainingInstruments instruments,
    TimeProvider time
)
{
    private ITrainingRun? _run;
    private IReadOnlyList<TestPrediction>? _predictions;
    private (int Step, int Steps) _progress;
    private TimeSpan _computed;

    /// <summary>How it goes; may be asked from any thread.</summary>
    public TrainingReport Progress { get; private set; } = new();

    /// <summary>One step.</summary>
    /// <returns>Whether there is another.</returns>
    public bool Step(CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        bool more = Do(cancellationToken);
        TimeSpan took = time.GetElapsedTime(started);
        _computed += took;
        instruments.StepDone(unit.Id.Run.Architecture, took);
        Progress = Report(ended: !more);
        return more;
    }

    private bool Do(CancellationToken cancellationToken)
    {
        if (_run is null)
        {
            _run = warm.Take(unit, () => runs.Open(unit.Spec, unit.Id.Run, device, fresh), fresh);
            return true;
        }
        if (!_run.Done && _run.EpochsDone == unit.EpochsDone)
        {
            _progress = _run.Advance(cancellationToken);
            // what is done at an epoch's end goes on to its predictions
            return _run.Done || _run.EpochsDone == unit.EpochsDone;
        }
        if (!_run.Done)
            return false;
        _predictions = _run.PredictTest(cancellationToken);
        return false;
    }

    private TrainingReport Report(bool ended) =>
        new()
        {
            Ended = ended,
            Step = _progress.Step,
            Steps = _progress.Steps,
            EpochsDone = ended ? _run!.EpochsDone : unit.EpochsDone,
            Checkpoint = ended && _predictions is null ? warm.Checkpoints?.Saved : null,
            History = ended ? _run!.History.ToArray() : [], // an array: it crosses the wire
            Predictions = _predictions,
            Notice = ended ? _run!.Divergence : null,
            StepSeconds = _computed.TotalSeconds,
        };
}
