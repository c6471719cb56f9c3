using System.Linq.Expressions;
using CxrCluster.Contracts.Faults;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Training;
using CxrCluster.Storage.Catalogue;
using CxrCluster.Storage.Catalogue.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace CxrCluster.Storage.Sweeps;

/// <remarks>This file: what the coordinator of a sweep does, fenced by its epoch.</remarks>
internal sealed partial class CatalogueSweepStore
{
    /// <inheritdoc />
    public Task<SweepLease?> TakeOverAsync(SweepId sweep, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async context =>
            {
                IQueryable<SweepRow> running = Sweep(context, sweep).Where(s => s.State == SweepState.Running);
                int taken = await running.ExecuteUpdateAsync(
                    set => set.SetProperty(s => s.Epoch, s => s.Epoch + 1),
                    cancellationToken
                );
                if (taken == 0)
                    return null;
                await ReturnRunningAsync(context, sweep, cancellationToken);
                SweepRow row = await running.SingleAsync(cancellationToken);
                return new SweepLease(sweep, SweepJson.Read<SweepSpec>(row.Spec), row.Epoch);
            },
            cancellationToken
        );

    /// <inheritdoc />
    public Task<IReadOnlyList<SweepRun>> ReadRunsAsync(SweepId sweep, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<SweepRun>>(
            async context =>
                [
                    .. (await Runs(context, sweep).Select(Known).ToListAsync(cancellationToken))
                        .Select(ToRun)
                        .OrderBy(r => r.Key),
                ],
            cancellationToken
        );

    /// <inheritdoc />
    public Task<SweepRun> StartRunAsync(
        SweepLease lease,
        RunKey run,
        SlotId slot,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync(
            async context =>
            {
                await FenceAsync(context, lease, SweepState.Running, cancellationToken);
                string place = slot.ToString();
                int started = await Run(context, lease, run)
                    .Where(r => r.State == RunState.Pending)
                    .ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(r => r.State, RunState.Running)
                                .SetProperty(r => r.Slot, place)
                                .SetProperty(r => r.Lease, r => r.Lease + 1)
                                .SetProperty(r => r.Step, 0),
                        cancellationToken
                    );
                if (started == 0)
                    throw new InvalidOperationException(
                        $"Run {run} of sweep {lease.Sweep} is not pending: it cannot be started. Read the runs again."
                    );
                return ToRun(await Run(context, lease, run).Select(Known).SingleAsync(cancellationToken));
            },
            cancellationToken
        );

    /// <inheritdoc />
    public Task ShowStepAsync(SweepLease lease, RunKey run, int step, int steps, CancellationToken cancellationToken) =>
        UpdateAsync(
            lease,
            run,
            set => set.SetProperty(r => r.Step, step).SetProperty(r => r.Steps, steps),
            cancellationToken
        );

    /// <inheritdoc />
    public Task RecordAsync(SweepLease lease, RunKey run, SweepRunResult result, CancellationToken cancellationToken)
    {
        EpochPoint? last = result.History.Count > 0 ? result.History[^1] : null;
        string history = SweepJson.Write(result.History);
        string? predictions = result.Predictions is null ? null : SweepJson.Write(result.Predictions);
        // PostgreSQL keeps NaN as a number, SQLite makes it a null: the history has it either way.
        double? loss = last is { } point && double.IsFinite(point.Loss) ? point.Loss : null;
        double? auc = last?.ValidationAuc;
        return UpdateAsync(
            lease,
            run,
            set =>
                set.SetProperty(r => r.State, result.Predictions is null ? RunState.Pending : RunState.Done)
                    .SetProperty(r => r.EpochsDone, result.EpochsDone)
                    .SetProperty(r => r.Step, 0)
                    .SetProperty(r => r.Checkpoint, result.Checkpoint)
                    .SetProperty(r => r.History, history)
                    .SetProperty(r => r.LastLoss, loss)
                    .SetProperty(r => r.ValidationAuc, auc)
                    .SetProperty(r => r.Predictions, predictions)
                    .SetProperty(r => r.Failures, 0)
                    .SetProperty(r => r.Reason, result.Notice),
            cancellationToken
        );
    }

    /// <inheritdoc />
    public async Task<int> ReturnRunAsync(
        SweepLease lease,
        RunKey run,
        string reason,
        CancellationToken cancellationToken
    )
    {
        int failures = 0;
        await UpdateAsync(
            lease,
            run,
            set =>
                set.SetProperty(r => r.State, RunState.Pending)
                    .SetProperty(r => r.Slot, (string?)null)
                    .SetProperty(r => r.Step, 0)
                    .SetProperty(r => r.Failures, r => r.Failures + 1)
                    .SetProperty(r => r.Reason, reason),
            cancellationToken,
            async context =>
                failures = await Run(context, lease, run).Select(r => r.Failures).SingleAsync(cancellationToken)
        );
        return failures;
    }

    /// <inheritdoc />
    public Task FailRunAsync(SweepLease lease, RunKey run, string reason, CancellationToken cancellationToken) =>
        UpdateAsync(
            lease,
            run,
            set =>
                set.SetProperty(r => r.State, RunState.Failed)
                    .SetProperty(r => r.Slot, (string?)null)
                    .SetProperty(r => r.Step, 0)
                    .SetProperty(r => r.Reason, reason),
            cancellationToken
        );

    /// <inheritdoc />
    public Task CompleteAsync(SweepLease lease, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async context =>
            {
                var counts = await Runs(context, lease.Sweep)
                    .GroupBy(r => r.State)
                    .Select(g => new { g.Key, Count = g.Count() })
                    .ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
                int open = counts.GetValueOrDefault(RunState.Pending) + counts.GetValueOrDefault(RunState.Running);
                bool any = counts.GetValueOrDefault(RunState.Done) > 0;
                await FenceAsync(context, lease, any ? SweepState.Done : SweepState.Failed, cancellationToken);
                if (open > 0)
                    throw new InvalidOperationException(
                        $"Sweep {lease.Sweep} cannot be completed: {open} runs are neither done nor failed. Read them again."
                    );
            },
            cancellationToken
        );

    private Task UpdateAsync(
        SweepLease lease,
        RunKey run,
        Action<UpdateSettersBuilder<SweepRunRow>> change,
        CancellationToken cancellationToken,
        Func<CatalogueContext, Task>? after = null
    ) =>
        database.WriteAsync(
            async context =>
            {
                await FenceAsync(context, lease, SweepState.Running, cancellationToken);
                if (await Run(context, lease, run).ExecuteUpdateAsync(change, cancellationToken) == 0)
                    throw new InvalidOperationException($"Sweep {lease.Sweep} has no run {run}.");
                if (after is not null)
                    await after(context);
            },
            cancellationToken
        );

    /// <summary>
    /// Sets the sweep's state if it runs under this epoch, and locks it until the transaction ends: whoever takes it over or
    /// halts it meanwhile waits, and from then on this epoch finds no row.
    /// </summary>
    private static async Task FenceAsync(
        CatalogueContext context,
        SweepLease lease,
        SweepState state,
        CancellationToken cancellationToken
    )
    {
        int held = await Sweep(context, lease.Sweep)
            .Where(s => s.Epoch == lease.Epoch && s.State == SweepState.Running)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.State, state), cancellationToken);
        if (held == 0)
            throw new StaleCoordinatorException(
                $"Sweep {lease.Sweep}: epoch {lease.Epoch} is over; another coordinator has taken the sweep, or it is done, "
                    + "paused or cancelled. Nothing was written; stop."
            );
    }

    private static Task<int> ReturnRunningAsync(
        CatalogueContext context,
        SweepId sweep,
        CancellationToken cancellationToken
    ) =>
        Runs(context, sweep)
            .Where(r => r.State == RunState.Running)
            .ExecuteUpdateAsync(
                set => set.SetProperty(r => r.State, RunState.Pending).SetProperty(r => r.Step, 0),
                cancellationToken
            );

    /// <summary>What a coordinator knows of a run: without curves and predictions.</summary>
    private static readonly Expression<Func<SweepRunRow, KnownRun>> Known = r => new KnownRun(
        r.Architecture,
        r.Split,
        r.State,
        r.Lease,
        r.EpochsDone,
        r.Checkpoint,
        r.Failures,
        r.Slot
    );

    private static SweepRun ToRun(KnownRun r) =>
        new(
            new RunKey(r.Architecture, r.Split),
            r.State,
            r.Lease,
            r.EpochsDone,
            r.Checkpoint,
            r.Failures,
            r.Slot is null ? null : SlotId.Parse(r.Slot)
        );

    private sealed record KnownRun(
        string Architecture,
        int Split,
        RunState State,
        long Lease,
        int EpochsDone,
        string? Checkpoint,
        int Failures,
        string? Slot
    );

    private static IQueryable<SweepRunRow> Run(CatalogueContext context, SweepLease lease, RunKey run) =>
        Runs(context, lease.Sweep).Where(r => r.Architecture == run.Architecture && r.Split == run.Split);
}
