using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Training;
using CxrCluster.Storage.Catalogue;
using CxrCluster.Storage.Catalogue.Rows;
using Microsoft.EntityFrameworkCore;

namespace CxrCluster.Storage.Sweeps;

/// <inheritdoc cref="ISweepStore"/>
/// <remarks>This file: creating, pausing, reading. Locks are taken in one order, sweep, then runs.</remarks>
internal sealed partial class CatalogueSweepStore(CatalogueDatabase database) : ISweepStore
{
    /// <inheritdoc />
    public Task CreateAsync(SweepId id, SweepSpec spec, DateTimeOffset createdAt, CancellationToken cancellationToken)
    {
        SweepRow row = new()
        {
            Id = id.Value,
            State = SweepState.Running,
            Spec = SweepJson.Write(spec),
            Epoch = 0,
            CreatedAt = createdAt,
        };
        SweepRunRow[] runs =
        [
            .. spec.Runs()
                .Select(run => new SweepRunRow
                {
                    Sweep = id.Value,
                    Architecture = run.Architecture,
                    Split = run.Split,
                    State = RunState.Pending,
                    Lease = 0,
                    EpochsDone = 0,
                    Step = 0,
                    Steps = 0,
                    History = "[]",
                    Failures = 0,
                }),
        ];
        return database.WriteAsync(
            async context =>
            {
                if (await context.InsertAsync([row], "on conflict do nothing", cancellationToken) == 0)
                    throw new InvalidOperationException($"There is a sweep {id} already: give the new one another id.");
                await context.InsertAsync(runs, "", cancellationToken);
            },
            cancellationToken
        );
    }

    /// <inheritdoc />
    public Task<bool> PauseAsync(SweepId sweep, CancellationToken cancellationToken) =>
        HaltAsync(sweep, [SweepState.Running], SweepState.Paused, cancellationToken);

    /// <inheritdoc />
    public Task<bool> CancelAsync(SweepId sweep, CancellationToken cancellationToken) =>
        HaltAsync(sweep, [SweepState.Running, SweepState.Paused], SweepState.Cancelled, cancellationToken);

    /// <inheritdoc />
    public Task<bool> ResumeAsync(SweepId sweep, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async context =>
                await Sweep(context, sweep)
                    .Where(s => s.State == SweepState.Paused)
                    .ExecuteUpdateAsync(set => set.SetProperty(s => s.State, SweepState.Running), cancellationToken)
                > 0,
            cancellationToken
        );

    /// <inheritdoc />
    public Task<IReadOnlyList<SweepId>> ListRunningAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<SweepId>>(
            async context =>
                [
                    .. (
                        await context
                            .Sweeps.Where(s => s.State == SweepState.Running)
                            .OrderBy(s => s.CreatedAt)
                            .ThenBy(s => s.Id)
                            .Select(s => s.Id)
                            .ToListAsync(cancellationToken)
                    ).Select(id => new SweepId(id)),
                ],
            cancellationToken
        );

    /// <inheritdoc />
    public async Task<SweepProgress?> ReadProgressAsync(SweepId sweep, CancellationToken cancellationToken) =>
        (await ProgressAsync(sweeps => sweeps.Where(s => s.Id == sweep.Value), cancellationToken)) is [var found]
            ? found
            : null;

    /// <inheritdoc />
    public Task<IReadOnlyList<SweepProgress>> ListAsync(int limit, CancellationToken cancellationToken) =>
        ProgressAsync(
            sweeps => sweeps.OrderByDescending(s => s.CreatedAt).ThenByDescending(s => s.Id).Take(limit),
            cancellationToken
        );

    /// <inheritdoc />
    public Task<IReadOnlyList<(RunKey Run, IReadOnlyList<TestPrediction> Predictions)>> ReadPredictionsAsync(
        SweepId sweep,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync<IReadOnlyList<(RunKey Run, IReadOnlyList<TestPrediction> Predictions)>>(
            async context =>
            {
                var rows = await Runs(context, sweep)
                    .Where(r => r.State == RunState.Done)
                    .Select(r => new
                    {
                        r.Architecture,
                        r.Split,
                        r.Predictions,
                    })
                    .ToListAsync(cancellationToken);
                return
                [
                    .. rows.Select(r =>
                            (
                                new RunKey(r.Architecture, r.Split),
                                SweepJson.Read<IReadOnlyList<TestPrediction>>(r.Predictions!)
                            )
                        )
                        .OrderBy(r => r.Item1),
                ];
            },
            cancellationToken
        );

    /// <summary>Raises the epoch, so that no coordinator writes on.</summary>
    private Task<bool> HaltAsync(
        SweepId sweep,
        SweepState[] from,
        SweepState to,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync(
            async context =>
            {
                int halted = await Sweep(context, sweep)
                    .Where(s => from.Contains(s.State))
                    .ExecuteUpdateAsync(
                        set => set.SetProperty(s => s.State, to).SetProperty(s => s.Epoch, s => s.Epoch + 1),
                        cancellationToken
                    );
                if (halted > 0)
                    await ReturnRunningAsync(context, sweep, cancellationToken);
                return halted > 0;
            },
            cancellationToken
        );

    private Task<IReadOnlyList<SweepProgress>> ProgressAsync(
        Func<IQueryable<SweepRow>, IQueryable<SweepRow>> which,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync<IReadOnlyList<SweepProgress>>(
            async context =>
            {
                // The states first and the runs after: a sweep that is Done is seen with all its runs final.
                List<SweepRow> sweeps = await which(context.Sweeps).ToListAsync(cancellationToken);
                string[] ids = [.. sweeps.Select(s => s.Id)];
                var runs = await context
                    .SweepRuns.Where(r => ids.Contains(r.Sweep))
                    .Select(r => new
                    {
                        r.Sweep,
                        r.Architecture,
                        r.Split,
                        r.State,
                        r.Slot,
                        r.EpochsDone,
                        r.Step,
                        r.Steps,
                        r.History,
                        r.Reason,
                    })
                    .ToListAsync(cancellationToken);
                var bySweep = runs.ToLookup(
                    r => r.Sweep,
                    r => new RunProgress(
                        new RunKey(r.Architecture, r.Split),
                        r.State,
                        r is { State: RunState.Running, Slot: { } slot } ? SlotId.Parse(slot) : null,
                        r.EpochsDone,
                        r.Step,
                        r.Steps,
                        SweepJson.Read<IReadOnlyList<EpochPoint>>(r.History),
                        r.Reason
                    )
                );
                return
                [
                    .. sweeps.Select(s => new SweepProgress(
                        new SweepId(s.Id),
                        s.State,
                        SweepJson.Read<SweepSpec>(s.Spec),
                        s.CreatedAt,
                        [.. bySweep[s.Id].OrderBy(r => r.Key)]
                    )),
                ];
            },
            cancellationToken
        );

    private static IQueryable<SweepRow> Sweep(CatalogueContext context, SweepId sweep)
    {
        string id = sweep.Value;
        return context.Sweeps.Where(s => s.Id == id);
    }

    private static IQueryable<SweepRunRow> Runs(CatalogueContext context, SweepId sweep)
    {
        string id = sweep.Value;
        return context.SweepRuns.Where(r => r.Sweep == id);
    }
}
