using CxrCluster.Contracts.Faults;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Training;
using CxrCluster.Grains.Telemetry;
using CxrCluster.Learning.Slots;
using CxrCluster.Storage.Blobs;
using Microsoft.Extensions.Logging;

namespace CxrCluster.Grains.Training;

/// <summary>
/// Trains on one slot: one unit at a time, a new one in place of the one before. Belongs to the process, so a new
/// activation of its grain finds the run in memory.
/// </summary>
public sealed partial class SlotTrainer(
    DeviceSlot slot,
    ITrainingRuns runs,
    IBlobStore blobs,
    string folder,
    TrainingInstruments instruments,
    TimeProvider time,
    ILogger logger
)
{
    /// <summary>The longest that a question waits for its answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>A unit that nobody has asked about for so long is given up: its coordinator is dead and another will come.</summary>
    public static readonly TimeSpan Forgotten = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly WarmRun _warm = new();
    private Unit? _current;

    /// <summary>
    /// Begins a unit in place of the one under way. When that is the same epoch of the same run, leased by a coordinator
    /// that has died since, it goes on under its new lease: what was computed is not lost.
    /// </summary>
    public void Start(TrainingUnit unit)
    {
        lock (_lock)
        {
            if (_current is { } same && same.IsSameWork(unit))
            {
                same.Id = unit.Id;
                same.AskedAt = time.GetTimestamp();
                return;
            }
            Unit? before = _current;
            before?.Stop();
            string device = slot.Snapshot().Device;
            var checkpoints = new UnitCheckpoints(blobs, folder);
            var steps = new UnitSteps(unit, _warm, device, runs, checkpoints, instruments, time);
            // never disposed: it has no timer, and Stop may come at any time
            _current = new Unit(unit, steps, time.GetTimestamp(), new CancellationTokenSource());
            _current.Work = RunAsync(_current, before?.Work ?? Task.CompletedTask);
        }
    }

    /// <summary>The report of the unit when it has ended, or of how it goes after <see cref="Patience"/>.</summary>
    /// <exception cref="WorkerUnavailableException">The slot has another unit or none.</exception>
    public async Task<TrainingReport> WatchAsync(TrainingUnitId id, CancellationToken cancellationToken)
    {
        Unit unit =
            Find(id) ?? throw new WorkerUnavailableException($"This slot does not train run {id.Run} (any more).");
        unit.AskedAt = time.GetTimestamp();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task first = await Task.WhenAny(unit.Work, Task.Delay(Patience, time, enough.Token));
        await enough.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        unit.AskedAt = time.GetTimestamp();
        return first == unit.Work ? await unit.Work : unit.Steps.Progress with { Ended = false };
    }

    /// <summary>Gives the unit up.</summary>
    public void Stop(TrainingUnitId id) => Find(id)?.Stop();

    /// <summary>Gives up what is under way and frees the memory; the process stops.</summary>
    public async Task EndAsync()
    {
        Unit? last;
        lock (_lock)
            last = _current;
        last?.Stop();
        await (last?.Work ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await ForgetAsync();
    }

    private Unit? Find(TrainingUnitId id)
    {
        lock (_lock)
            return _current?.Id == id ? _current : null;
    }

    private async Task<TrainingReport> RunAsync(Unit unit, Task before)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding); // off the caller, who holds the lock
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        long started = time.GetTimestamp();
        bool keep = false;
        try
        {
            await runs.PrepareAsync(unit.Definition.Spec, unit.Stopped).ConfigureAwait(false);
            await slot.RunStepsAsync(
                    new StepwiseWork(token => StepUnlessForgotten(unit, token), unit.Definition.Spec.Threads),
                    unit.Stopped
                )
                .ConfigureAwait(false);
            TrainingReport report = unit.Steps.Progress;
            keep = report.Predictions is null;
            instruments.EpochDone(
                unit.Definition.Id.Run.Architecture,
                time.GetElapsedTime(started),
                TimeSpan.FromSeconds(report.StepSeconds)
            );
            return report;
        }
        catch (Exception exception)
        {
            bool hopeless = exception is HopelessRunException;
            if (exception is not OperationCanceledException)
                LogFailed(logger, exception, unit.Definition.Id.Run.ToString());
            return new TrainingReport
            {
                Ended = true,
                Failure = exception is OperationCanceledException ? "It was stopped." : exception.Message,
                MayRetry = !hopeless,
                EpochsDone = unit.Definition.EpochsDone,
            };
        }
        finally
        {
            if (!keep)
                await ForgetAsync().ConfigureAwait(false);
        }
    }

    private bool StepUnlessForgotten(Unit unit, CancellationToken cancellationToken)
    {
        if (time.GetElapsedTime(unit.AskedAt) > Forgotten)
            throw new OperationCanceledException("Nobody asks for this unit any more.");
        return unit.Steps.Step(cancellationToken);
    }

    /// <summary>Frees the memory on the slot's thread; after the thread has ended, here.</summary>
    private async Task ForgetAsync()
    {
        try
        {
            await slot.RunStepsAsync(
                    new StepwiseWork(
                        _ =>
                        {
                            _warm.Forget();
                            return false;
                        },
                        1
                    ),
                    CancellationToken.None
                )
                .ConfigureAwait(false);
        }
        catch (SlotStoppedException)
        {
            _warm.Forget();
        }
    }

    private sealed class Unit(TrainingUnit definition, UnitSteps steps, long askedAt, CancellationTokenSource stop)
    {
        private long _askedAt = askedAt;

        public TrainingUnit Definition => definition;

        /// <summary>The lease that it is asked for by.</summary>
        public TrainingUnitId Id { get; set; } = definition.Id;

        public UnitSteps Steps => steps;
        public Task<TrainingReport> Work { get; set; } = null!;
        public CancellationToken Stopped => stop.Token;

        public long AskedAt
        {
            get => Interlocked.Read(ref _askedAt);
            set => Interlocked.Exchange(ref _askedAt, value);
        }

        public bool IsSameWork(TrainingUnit other) =>
            (Id.Sweep, Id.Run, definition.EpochsDone) == (other.Id.Sweep, other.Id.Run, other.EpochsDone)
            && !stop.IsCancellationRequested
            && !(Work.IsCompletedSuccessfully && Work.Result.Failure is not null);

        public void Stop() => stop.Cancel();
    }

    [LoggerMessage(1651, LogLevel.Warning, "Training run {Run} was interrupted on this slot")]
    private static partial void LogFailed(ILogger logger, Exception exception, string run);
}
