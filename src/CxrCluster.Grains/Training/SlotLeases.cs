using CxrCluster.Contracts.Faults;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Training;
using CxrCluster.Storage.Blobs;
using CxrCluster.Storage.Sweeps;
using Microsoft.Extensions.Logging;

namespace CxrCluster.Grains.Training;

/// <summary>Has a slot train one epoch of a run, watches it, and records what comes of it.</summary>
public sealed partial class SlotLeases(
    ISweepStore sweeps,
    IGrainFactory grains,
    IBlobStore blobs,
    TimeProvider time,
    ILogger<SlotLeases> logger
)
{
    /// <summary>A run whose leases end without an epoch so many times in a row is given up.</summary>
    public const int MostFailures = 5;

    /// <summary>A slot that does not answer for so long is lost, whatever the membership says.</summary>
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(5);

    /// <summary>Returns when the lease is over.</summary>
    /// <param name="slot">Where.</param>
    /// <param name="lease">The sweep, held.</param>
    /// <param name="run">The run, just started.</param>
    /// <param name="cancellationToken">Gives the epoch up.</param>
    /// <returns>How the run stands, and whether the lease brought an epoch or the end.</returns>
    /// <exception cref="StaleCoordinatorException">Somebody else holds the sweep.</exception>
    public async Task<(SweepRun Run, bool WellDone)> RunAsync(
        SlotId slot,
        SweepLease lease,
        SweepRun run,
        CancellationToken cancellationToken
    )
    {
        var id = new TrainingUnitId(lease.Sweep, run.Key, run.Lease);
        ITrainingRunGrain grain = grains.GetGrain<ITrainingRunGrain>(slot.ToString());
        try
        {
            TrainingReport report = await TrainAsync(
                grain,
                new TrainingUnit(id, lease.Spec, run.EpochsDone, run.Checkpoint),
                lease,
                cancellationToken
            );
            return report.Failure is { } failure
                ? (await ReturnAsync(lease, run, failure, report.MayRetry, cancellationToken), false)
                : (await RecordAsync(lease, run, report, cancellationToken), true);
        }
        catch (Exception exception) when (IsLoss(exception) && !cancellationToken.IsCancellationRequested)
        {
            LogLost(logger, slot.ToString(), run.Key.ToString(), exception.Message);
            return (
                await ReturnAsync(
                    lease,
                    run,
                    $"Slot {slot} was lost: {exception.Message}",
                    mayRetry: true,
                    cancellationToken
                ),
                false
            );
        }
    }

    /// <summary>Has the slot give the epoch up.</summary>
    public async Task StopAsync(SlotId slot, TrainingUnitId id)
    {
        try
        {
            await grains.GetGrain<ITrainingRunGrain>(slot.ToString()).Stop(id).WaitAsync(StopWithin, time);
        }
        catch (Exception exception) when (IsLoss(exception))
        {
            LogNotStopped(logger, id.Run.ToString(), exception.Message); // it gives up by itself when nobody asks
        }
    }

    private async Task<TrainingReport> TrainAsync(
        ITrainingRunGrain grain,
        TrainingUnit unit,
        SweepLease lease,
        CancellationToken cancellationToken
    )
    {
        await grain.Start(unit).WaitAsync(AnswerWithin, time, cancellationToken);
        int shown = 0;
        while (true)
        {
            TrainingReport report = await grain
                .Watch(unit.Id, cancellationToken)
                .WaitAsync(AnswerWithin, time, cancellationToken);
            if (report.Ended)
                return report;
            if (report.Step != shown)
                await sweeps.ShowStepAsync(lease, unit.Id.Run, report.Step, report.Steps, cancellationToken);
            shown = report.Step;
        }
    }

    private async Task<SweepRun> RecordAsync(
        SweepLease lease,
        SweepRun run,
        TrainingReport report,
        CancellationToken cancellationToken
    )
    {
        await sweeps.RecordAsync(
            lease,
            run.Key,
            new SweepRunResult(report.EpochsDone, report.Checkpoint, report.History, report.Predictions, report.Notice),
            cancellationToken
        );
        // The row names the new one: nobody goes back to the one before.
        if (run.Checkpoint is { } old)
            await blobs.DeleteAsync(old, cancellationToken);
        return run with
        {
            State = report.Predictions is null ? RunState.Pending : RunState.Done,
            EpochsDone = report.EpochsDone,
            Checkpoint = report.Checkpoint,
            Failures = 0,
        };
    }

    private async Task<SweepRun> ReturnAsync(
        SweepLease lease,
        SweepRun run,
        string reason,
        bool mayRetry,
        CancellationToken cancellationToken
    )
    {
        int failures = mayRetry ? await sweeps.ReturnRunAsync(lease, run.Key, reason, cancellationToken) : MostFailures;
        if (failures < MostFailures)
            return run with { State = RunState.Pending, Failures = failures };
        LogFailed(logger, run.Key.ToString(), reason);
        await sweeps.FailRunAsync(lease, run.Key, reason, cancellationToken);
        return run with { State = RunState.Failed };
    }

    private static bool IsLoss(Exception exception) =>
        exception is OrleansException or WorkerUnavailableException or TimeoutException or OperationCanceledException;

    [LoggerMessage(
        1631,
        LogLevel.Warning,
        "Slot {Slot} was lost while it trained {Run} ({Cause}); it goes on elsewhere"
    )]
    private static partial void LogLost(ILogger logger, string slot, string run, string cause);

    [LoggerMessage(1632, LogLevel.Warning, "Run {Run} is given up: {Cause}")]
    private static partial void LogFailed(ILogger logger, string run, string cause);

    [LoggerMessage(1633, LogLevel.Debug, "Run {Run} could not be told to stop ({Cause})")]
    private static partial void LogNotStopped(ILogger logger, string run, string cause);
}
