using CxrCluster.Contracts.Faults;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Training;
using CxrCluster.Grains.Placement;
using CxrCluster.Grains.Telemetry;
using CxrCluster.Grains.Workers;
using CxrCluster.Storage.Blobs;
using CxrCluster.Storage.Sweeps;
using Microsoft.Extensions.Logging;

namespace CxrCluster.Grains.Training;

/// <summary>
/// Takes every running sweep over, leases slots to its runs and records what comes of it. Runs on one scheduler (its
/// grain's), so its fields need no locks. The rows are its only memory: run it again after a crash and it goes on.
/// </summary>
public sealed partial class SweepCoordinator(
    ISweepStore sweeps,
    SlotLeases leases,
    IBlobStore blobs,
    IWorkerDirectory directory,
    TrainingInstruments instruments,
    TimeProvider time,
    ILogger<SweepCoordinator> logger
)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>A slot that failed is left alone for so long, twice as long each time, up to 32 times.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    private readonly Dictionary<SweepId, Held> _held = [];
    private readonly Dictionary<SlotId, (int Times, long At)> _failed = [];
    private TrainingBoard _board = new();
    private TaskCompletionSource _wake = new();

    /// <summary>Has it look at the rows now.</summary>
    public void Wake() => _wake.TrySetResult();

    /// <summary>Returns when no sweep is Running.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var drives = new Dictionary<SlotId, Task>();
        _board = new TrainingBoard();
        instruments.ObserveRuns(_board.Count);
        try
        {
            while (true)
            {
                _wake = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                await RefreshAsync(cancellationToken);
                if (_held.Count == 0 && drives.Count == 0)
                    return;
                foreach ((SlotId slot, SweepId sweep, RunKey run) in _board.Assign(UsableSlots(), Now()))
                    drives[slot] = DriveAsync(slot, _held[sweep], run);
                using var period = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                await Task.WhenAny([.. drives.Values, _wake.Task, Task.Delay(Period, time, period.Token)]);
                await period.CancelAsync();
                cancellationToken.ThrowIfCancellationRequested();
                foreach (SlotId slot in drives.Where(d => d.Value.IsCompleted).Select(d => d.Key).ToList())
                    drives.Remove(slot);
            }
        }
        finally
        {
            foreach (Held sweep in _held.Values.ToList())
                Drop(sweep);
            await Task.WhenAll(drives.Values);
            instruments.ObserveRuns(null);
        }
    }

    /// <summary>Lets go what is not Running any more, takes over what is, ends what is through.</summary>
    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        foreach (Held over in _held.Values.Where(s => _board.IsOver(s.Lease.Sweep)).ToList())
            await CompleteAsync(over, cancellationToken);
        IReadOnlyList<SweepId> running = await sweeps.ListRunningAsync(cancellationToken);
        foreach (Held gone in _held.Values.Where(s => !running.Contains(s.Lease.Sweep)).ToList())
            Drop(gone, halted: true);
        foreach (SweepId id in running.Where(id => !_held.ContainsKey(id)))
        {
            if (await sweeps.TakeOverAsync(id, cancellationToken) is not { } lease)
                continue;
            _held[id] = new Held(lease, new CancellationTokenSource()); // never disposed: drives may still look at its token
            _board.Add(id, lease.Spec, await sweeps.ReadRunsAsync(id, cancellationToken));
            LogTaken(logger, id.Value, lease.Epoch);
            if (_board.IsOver(id))
                await CompleteAsync(_held[id], cancellationToken);
        }
    }

    private async Task CompleteAsync(Held sweep, CancellationToken cancellationToken)
    {
        try
        {
            await sweeps.CompleteAsync(sweep.Lease, cancellationToken);
            LogDone(logger, sweep.Lease.Sweep.Value);
            string prefix = BlobKeys.Checkpoints(sweep.Lease.Sweep);
            await foreach (string key in blobs.ListAsync(prefix, cancellationToken))
                await blobs.DeleteAsync(key, cancellationToken);
        }
        catch (StaleCoordinatorException exception)
        {
            LogStale(logger, sweep.Lease.Sweep.Value, exception.Message);
        }
        Drop(sweep);
    }

    /// <summary>One lease from begin to end. Never throws: what goes wrong ends the lease, or the hold on its sweep.</summary>
    private async Task DriveAsync(SlotId slot, Held sweep, RunKey run)
    {
        SweepRun? result = null;
        SweepRun? started = null;
        bool wellDone = false;
        try
        {
            started = await sweeps.StartRunAsync(sweep.Lease, run, slot, sweep.Let);
            (result, wellDone) = await leases.RunAsync(slot, sweep.Lease, started, sweep.Let);
            if (wellDone)
                _failed.Remove(slot);
            else if (result?.State == RunState.Pending)
                RestSlot(slot);
        }
        catch (OperationCanceledException) when (sweep.Let.IsCancellationRequested)
        {
            LogLetGo(logger, sweep.Lease.Sweep.Value, run.ToString());
            if (sweep.Halted && started is not null)
                await leases.StopAsync(slot, new TrainingUnitId(sweep.Lease.Sweep, run, started.Lease));
        }
        catch (StaleCoordinatorException exception)
        {
            LogStale(logger, sweep.Lease.Sweep.Value, exception.Message);
            Drop(sweep);
        }
        catch (Exception exception)
        {
            // The store does not answer, say. Taken over anew, the sweep goes on from what the rows hold.
            LogBroken(logger, exception, sweep.Lease.Sweep.Value);
            RestSlot(slot);
            Drop(sweep);
        }
        finally
        {
            _board.Ended(slot, result, wellDone, Now());
        }
    }

    /// <param name="sweep">What is let go.</param>
    /// <param name="halted">Whether its slots are to stop. Otherwise they go on, for whoever holds the sweep next.</param>
    private void Drop(Held sweep, bool halted = false)
    {
        if (!_held.TryGetValue(sweep.Lease.Sweep, out Held? held) || held != sweep)
            return;
        _held.Remove(sweep.Lease.Sweep);
        _board.Remove(sweep.Lease.Sweep);
        sweep.LetGo(halted);
    }

    private IEnumerable<SlotId> UsableSlots() =>
        directory
            .LiveNodes()
            .Where(node => node.Roles.Contains(NodeRoles.Training, StringComparer.Ordinal))
            .SelectMany(node => Enumerable.Range(0, node.Slots).Select(ordinal => new SlotId(node.Name, ordinal)))
            .Where(slot =>
                !_failed.TryGetValue(slot, out var failed)
                || time.GetElapsedTime(failed.At) > Rest * Math.Pow(2, Math.Min(failed.Times - 1, 5))
            );

    private void RestSlot(SlotId slot) =>
        _failed[slot] = (_failed.GetValueOrDefault(slot).Times + 1, time.GetTimestamp());

    private double Now() => time.GetElapsedTime(0).TotalSeconds;

    private sealed class Held(SweepLease lease, CancellationTokenSource let)
    {
        public SweepLease Lease => lease;
        public CancellationToken Let => let.Token;

        public bool Halted { get; private set; }

        public void LetGo(bool halted)
        {
            Halted = halted;
            let.Cancel();
        }
    }

    [LoggerMessage(1611, LogLevel.Information, "Sweep {Sweep}: taken over under epoch {Epoch}")]
    private static partial void LogTaken(ILogger logger, string sweep, long epoch);

    [LoggerMessage(1612, LogLevel.Information, "Sweep {Sweep}: every run is over")]
    private static partial void LogDone(ILogger logger, string sweep);

    [LoggerMessage(1613, LogLevel.Warning, "Sweep {Sweep}: {Cause}")]
    private static partial void LogStale(ILogger logger, string sweep, string cause);

    [LoggerMessage(1614, LogLevel.Information, "Sweep {Sweep}: run {Run} is let go")]
    private static partial void LogLetGo(ILogger logger, string sweep, string run);

    [LoggerMessage(1615, LogLevel.Error, "Sweep {Sweep}: interrupted; it is taken over anew")]
    private static partial void LogBroken(ILogger logger, Exception exception, string sweep);
}
