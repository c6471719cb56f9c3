using CxrCluster.Contracts.Faults;
using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Training;
using CxrCluster.Storage.Sweeps;
using CxrCluster.Storage.Tests.Engines;

namespace CxrCluster.Storage.Tests.Sweeps;

public abstract class SweepStoreTests(CatalogueFixture catalogue) : CatalogueTests(catalogue)
{
    private static readonly SlotId Slot = SlotId.Parse("node-1/0");
    private static readonly RunKey First = new("resnet34", 0);

    private readonly SweepId _id = new($"sweep-{Guid.NewGuid():N}");

    private ISweepStore Sweeps => Catalogue.Get<ISweepStore>();

    private SweepSpec Spec { get; } =
        new()
        {
            Architectures = ["resnet50", "resnet34"],
            Splits = 2,
            Epochs = 3,
            Cohort = Sample.Sha256("cohort"),
            Weights = new Dictionary<string, string> { ["resnet50"] = Sample.Sha256("weights") },
            Training = """{"learningRate":1E-06}""",
        };

    [Fact]
    public async Task Create_HasAPendingRunPerNetworkAndSplitAndItsSpecification()
    {
        await CreateAsync();

        SweepProgress sweep = await ReadAsync();

        Same.Value(Spec, sweep.Spec);
        Assert.Equal((SweepState.Running, Sample.Start), (sweep.State, sweep.CreatedAt));
        Assert.Equal(["resnet34/0", "resnet50/0", "resnet34/1", "resnet50/1"], sweep.Runs.Select(r => $"{r.Key}"));
        Assert.All(sweep.Runs, r => Assert.Equal((RunState.Pending, 0, null), (r.State, r.EpochsDone, r.Slot)));
        Assert.Contains(_id, await Sweeps.ListRunningAsync(Cancel));
    }

    [Fact]
    public async Task Create_IdTaken_IsRefused()
    {
        await CreateAsync();

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(CreateAsync);

        Assert.Contains(_id.Value, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(4, (await ReadAsync()).Runs.Count);
    }

    [Fact]
    public async Task Read_NoSuchSweep_IsNull()
    {
        Assert.Null(await Sweeps.ReadProgressAsync(_id, Cancel));
        Assert.Null(await Sweeps.TakeOverAsync(_id, Cancel));
        Assert.False(await Sweeps.PauseAsync(_id, Cancel));
    }

    [Fact]
    public async Task Record_EpochByEpoch_IsReadBackUntilDone()
    {
        await CreateAsync();
        SweepLease lease = await TakeOverAsync();
        EpochPoint[] history = [new(1, 0.75, 0.5), new(2, 0.5, null), new(3, double.NaN, 0.875)];
        TestPrediction[] predictions =
        [
            new("a.png", "haemek", "p/1", 1, 0.1 + 0.2),
            new("b.png", "haemek", "p2", 0, 1e-17),
        ];

        SweepRun started = await Sweeps.StartRunAsync(lease, First, Slot, Cancel);
        Assert.Equal(new SweepRun(First, RunState.Running, 1, 0, null, 0, Slot), started);
        await Sweeps.ShowStepAsync(lease, First, 5, 9, Cancel);
        RunProgress running = (await ReadAsync()).Runs[0];
        Assert.Equal((RunState.Running, Slot, 5, 9), (running.State, running.Slot!.Value, running.Step, running.Steps));

        await Sweeps.RecordAsync(lease, First, new SweepRunResult(1, "sweeps/x/1", history[..1]), Cancel);
        Assert.Equal(
            new SweepRun(First, RunState.Pending, 1, 1, "sweeps/x/1", 0, Slot),
            (await Sweeps.ReadRunsAsync(_id, Cancel))[0]
        );
        Assert.Equal(2, (await Sweeps.StartRunAsync(lease, First, Slot, Cancel)).Lease);
        await Sweeps.RecordAsync(lease, First, new SweepRunResult(3, null, history, predictions, "early"), Cancel);

        RunProgress done = (await ReadAsync()).Runs[0];
        Assert.Equal(
            (RunState.Done, 3, 0, null, "early"),
            (done.State, done.EpochsDone, done.Step, done.Slot, done.Reason)
        );
        Assert.Equal(history, done.History);
        (RunKey run, IReadOnlyList<TestPrediction> kept) = Assert.Single(
            await Sweeps.ReadPredictionsAsync(_id, Cancel)
        );
        Assert.Equal(First, run);
        Assert.Equal(predictions, kept); // to the last bit
    }

    [Fact]
    public async Task StartRun_NotPending_IsRefused()
    {
        await CreateAsync();
        SweepLease lease = await TakeOverAsync();
        await Sweeps.StartRunAsync(lease, First, Slot, Cancel);

        await Assert.ThrowsAsync<InvalidOperationException>(() => Sweeps.StartRunAsync(lease, First, Slot, Cancel));

        Assert.Equal(1, (await Sweeps.ReadRunsAsync(_id, Cancel))[0].Lease);
    }

    [Fact]
    public async Task ReturnRun_AgainAndAgain_CountsUntilAnEpochIsDone()
    {
        await CreateAsync();
        SweepLease lease = await TakeOverAsync();
        for (int failures = 1; failures <= 2; failures++)
        {
            await Sweeps.StartRunAsync(lease, First, Slot, Cancel);
            Assert.Equal(failures, await Sweeps.ReturnRunAsync(lease, First, "the disk is full", Cancel));
        }
        Assert.Equal("the disk is full", (await ReadAsync()).Runs[0].Reason);

        await Sweeps.StartRunAsync(lease, First, Slot, Cancel);
        await Sweeps.RecordAsync(lease, First, new SweepRunResult(1, "c", []), Cancel);

        SweepRun run = (await Sweeps.ReadRunsAsync(_id, Cancel))[0];
        Assert.Equal((RunState.Pending, 0), (run.State, run.Failures));
        Assert.Null((await ReadAsync()).Runs[0].Reason);
    }

    [Fact]
    public async Task TakeOver_RunsUnderWay_ArePendingAtTheirCheckpointAndTheOldCoordinatorWritesNothing()
    {
        await CreateAsync();
        SweepLease old = await TakeOverAsync();
        await Sweeps.StartRunAsync(old, First, Slot, Cancel);
        await Sweeps.RecordAsync(old, First, new SweepRunResult(1, "c", []), Cancel);
        await Sweeps.StartRunAsync(old, First, Slot, Cancel);

        SweepLease lease = await TakeOverAsync();

        Assert.Equal(old.Epoch + 1, lease.Epoch);
        await RefusesAllAsync(old);
        Assert.Equal(
            new SweepRun(First, RunState.Pending, 2, 1, "c", 0, Slot),
            (await Sweeps.ReadRunsAsync(_id, Cancel))[0]
        );
    }

    [Fact]
    public async Task Pause_StopsTheCoordinator_ResumeLetsAnotherGoOn()
    {
        await CreateAsync();
        SweepLease lease = await TakeOverAsync();
        await Sweeps.StartRunAsync(lease, First, Slot, Cancel);

        Assert.True(await Sweeps.PauseAsync(_id, Cancel));
        Assert.False(await Sweeps.PauseAsync(_id, Cancel));

        await RefusesAllAsync(lease);
        Assert.Null(await Sweeps.TakeOverAsync(_id, Cancel));
        Assert.DoesNotContain(_id, await Sweeps.ListRunningAsync(Cancel));
        SweepProgress paused = await ReadAsync();
        Assert.Equal((SweepState.Paused, 4), (paused.State, paused.Count(RunState.Pending)));

        Assert.True(await Sweeps.ResumeAsync(_id, Cancel));
        Assert.False(await Sweeps.ResumeAsync(_id, Cancel));
        await Sweeps.StartRunAsync(await TakeOverAsync(), First, Slot, Cancel);
    }

    [Fact]
    public async Task Cancel_Paused_IsFinal()
    {
        await CreateAsync();
        SweepLease lease = await TakeOverAsync();
        await Sweeps.PauseAsync(_id, Cancel);

        Assert.True(await Sweeps.CancelAsync(_id, Cancel));

        await RefusesAllAsync(lease);
        Assert.False(await Sweeps.ResumeAsync(_id, Cancel));
        Assert.Equal(SweepState.Cancelled, (await ReadAsync()).State);
    }

    [Fact]
    public async Task Complete_OpenRuns_IsRefusedAndNothingIsWritten()
    {
        await CreateAsync();
        SweepLease lease = await TakeOverAsync();
        await Sweeps.FailRunAsync(lease, First, "no", Cancel);

        await Assert.ThrowsAsync<InvalidOperationException>(() => Sweeps.CompleteAsync(lease, Cancel));

        Assert.Equal(SweepState.Running, (await ReadAsync()).State);
    }

    [Theory]
    [InlineData(1, SweepState.Done)]
    [InlineData(0, SweepState.Failed)]
    public async Task Complete_AllRunsFinal_IsDoneWhenOneIs(int done, SweepState expected)
    {
        await CreateAsync();
        SweepLease lease = await TakeOverAsync();
        foreach ((int i, SweepRun run) in (await Sweeps.ReadRunsAsync(_id, Cancel)).Index())
        {
            await Sweeps.StartRunAsync(lease, run.Key, Slot, Cancel);
            if (i < done)
                await Sweeps.RecordAsync(lease, run.Key, new SweepRunResult(3, null, [], []), Cancel);
            else
                await Sweeps.FailRunAsync(lease, run.Key, "one class", Cancel);
        }

        await Sweeps.CompleteAsync(lease, Cancel);

        SweepProgress sweep = await ReadAsync();
        Assert.Equal(expected, sweep.State);
        Assert.Equal(sweep.Epochs, sweep.EpochsDone);
        Assert.Equal("one class", sweep.Runs[^1].Reason);
        await RefusesAllAsync(lease);
    }

    [Fact]
    public async Task List_NewestFirst()
    {
        var newer = new SweepId($"{_id}-newer");
        await CreateAsync();
        await Sweeps.CreateAsync(newer, Spec, Sample.Start.AddDays(1), Cancel);

        SweepId[] mine =
        [
            .. (await Sweeps.ListAsync(1000, Cancel)).Select(s => s.Sweep).Where(s => s == _id || s == newer),
        ];

        Assert.Equal([newer, _id], mine);
        Assert.Single(await Sweeps.ListAsync(1, Cancel));
    }

    [Fact]
    public async Task TakeOver_ManyAtOnce_OnlyTheLastMayWrite()
    {
        await CreateAsync();
        SweepLease?[] leases = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Sweeps.TakeOverAsync(_id, Cancel))
        );

        Assert.Equal(Enumerable.Range(1, 8).Select(e => (long)e), leases.Select(l => l!.Epoch).Order());
        foreach (SweepLease? lease in leases.Where(l => l!.Epoch < 8))
            await RefusesAllAsync(lease!);
        await Sweeps.StartRunAsync(leases.Single(l => l!.Epoch == 8)!, First, Slot, Cancel);
    }

    private Task CreateAsync() => Sweeps.CreateAsync(_id, Spec, Sample.Start, Cancel);

    private async Task<SweepLease> TakeOverAsync() => (await Sweeps.TakeOverAsync(_id, Cancel))!;

    private async Task<SweepProgress> ReadAsync() => (await Sweeps.ReadProgressAsync(_id, Cancel))!;

    private async Task RefusesAllAsync(SweepLease lease)
    {
        string before = System.Text.Json.JsonSerializer.Serialize(await Sweeps.ReadRunsAsync(_id, Cancel));
        Func<Task>[] writes =
        [
            () => Sweeps.StartRunAsync(lease, First, Slot, Cancel),
            () => Sweeps.ShowStepAsync(lease, First, 1, 2, Cancel),
            () => Sweeps.RecordAsync(lease, First, new SweepRunResult(9, "late", [], []), Cancel),
            () => Sweeps.ReturnRunAsync(lease, First, "late", Cancel),
            () => Sweeps.FailRunAsync(lease, First, "late", Cancel),
            () => Sweeps.CompleteAsync(lease, Cancel),
        ];
        foreach (Func<Task> write in writes)
            await Assert.ThrowsAsync<StaleCoordinatorException>(write);
        Assert.Equal(before, System.Text.Json.JsonSerializer.Serialize(await Sweeps.ReadRunsAsync(_id, Cancel)));
    }
}

public sealed class SqliteSweepStoreTests(SqliteCatalogue catalogue)
    : SweepStoreTests(catalogue),
        IClassFixture<SqliteCatalogue>;

public sealed class PostgresSweepStoreTests(PostgresCatalogue catalogue)
    : SweepStoreTests(catalogue),
        IClassFixture<PostgresCatalogue>;
