using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Training;

namespace CxrCluster.Storage.Sweeps;

/// <summary>
/// Sweeps and their runs: a row each. A coordinator takes a sweep over and writes under the epoch it got; from the moment
/// that another takes over, or somebody pauses or cancels, it is refused.
/// </summary>
public interface ISweepStore
{
    /// <summary>Creates the sweep, Running, with a Pending run per network and split, in one transaction.</summary>
    /// <exception cref="InvalidOperationException">The id exists; nothing was written.</exception>
    Task CreateAsync(SweepId id, SweepSpec spec, DateTimeOffset createdAt, CancellationToken cancellationToken);

    /// <summary>Takes the sweep over: raises its epoch and puts runs that another coordinator left Running back to Pending.
    /// Null when the sweep is not Running.</summary>
    Task<SweepLease?> TakeOverAsync(SweepId sweep, CancellationToken cancellationToken);

    /// <summary>The sweep's runs as its coordinator sees them, in the order of their keys.</summary>
    Task<IReadOnlyList<SweepRun>> ReadRunsAsync(SweepId sweep, CancellationToken cancellationToken);

    /// <summary>Leases a slot to a run that is Pending.</summary>
    /// <returns>The run with its new lease.</returns>
    /// <exception cref="Contracts.Faults.StaleCoordinatorException">The epoch is over: nothing was written.</exception>
    /// <exception cref="InvalidOperationException">The run is not Pending.</exception>
    Task<SweepRun> StartRunAsync(SweepLease lease, RunKey run, SlotId slot, CancellationToken cancellationToken);

    /// <summary>Shows how far the epoch under way is.</summary>
    /// <exception cref="Contracts.Faults.StaleCoordinatorException">The epoch is over: nothing was written.</exception>
    Task ShowStepAsync(SweepLease lease, RunKey run, int step, int steps, CancellationToken cancellationToken);

    /// <summary>Records what a lease has brought: the run is Done with predictions, Pending without.</summary>
    /// <exception cref="Contracts.Faults.StaleCoordinatorException">The epoch is over: nothing was written.</exception>
    Task RecordAsync(SweepLease lease, RunKey run, SweepRunResult result, CancellationToken cancellationToken);

    /// <summary>A lease ended without an epoch: the run is Pending again, where its last checkpoint stands.</summary>
    /// <returns>How many leases in a row have ended so.</returns>
    /// <exception cref="Contracts.Faults.StaleCoordinatorException">The epoch is over: nothing was written.</exception>
    Task<int> ReturnRunAsync(SweepLease lease, RunKey run, string reason, CancellationToken cancellationToken);

    /// <summary>Gives a run up.</summary>
    /// <exception cref="Contracts.Faults.StaleCoordinatorException">The epoch is over: nothing was written.</exception>
    Task FailRunAsync(SweepLease lease, RunKey run, string reason, CancellationToken cancellationToken);

    /// <summary>Ends the sweep: Done when a run of it is Done, Failed when all are Failed.</summary>
    /// <exception cref="Contracts.Faults.StaleCoordinatorException">The epoch is over: nothing was written.</exception>
    /// <exception cref="InvalidOperationException">Runs are neither Done nor Failed.</exception>
    Task CompleteAsync(SweepLease lease, CancellationToken cancellationToken);

    /// <summary>Halts a Running sweep: no coordinator writes on, runs under way fall back to their last checkpoint.</summary>
    /// <returns>Whether it was Running.</returns>
    Task<bool> PauseAsync(SweepId sweep, CancellationToken cancellationToken);

    /// <summary>Sets a Paused sweep to Running.</summary>
    /// <returns>Whether it was Paused.</returns>
    Task<bool> ResumeAsync(SweepId sweep, CancellationToken cancellationToken);

    /// <summary>Ends a Running or Paused sweep; what is done stays.</summary>
    /// <returns>Whether it was Running or Paused.</returns>
    Task<bool> CancelAsync(SweepId sweep, CancellationToken cancellationToken);

    /// <summary>Sweeps that are Running, oldest first: a watchdog makes sure that they have a coordinator.</summary>
    Task<IReadOnlyList<SweepId>> ListRunningAsync(CancellationToken cancellationToken);

    /// <summary>The sweep with its runs; null when there is none.</summary>
    Task<SweepProgress?> ReadProgressAsync(SweepId sweep, CancellationToken cancellationToken);

    /// <summary>Sweeps, newest first.</summary>
    Task<IReadOnlyList<SweepProgress>> ListAsync(int limit, CancellationToken cancellationToken);

    /// <summary>The predictions of the runs that are Done, in the order of their keys.</summary>
    Task<IReadOnlyList<(RunKey Run, IReadOnlyList<TestPrediction> Predictions)>> ReadPredictionsAsync(
        SweepId sweep,
        CancellationToken cancellationToken
    );
}
