using CxrCluster.Learning.Bundles;
using CxrCluster.Learning.Slots;

namespace CxrCluster.Learning.Tests.Slots;

public class DeviceSlotFaultTests
{
    [Fact]
    public async Task Infer_FullQueue_IsRefusedAtOnce()
    {
        await using SlotHarness slot = new(capacity: 2);
        FakeBatch busy = await slot.Occupy();
        Task[] waiting = [slot.Infer(1), slot.Infer(2)];

        Task refused = slot.Infer(3);

        Assert.True(refused.IsFaulted);
        var error = await Assert.ThrowsAsync<SlotBusyException>(() => refused);
        Assert.Contains("cpu already has 2 images waiting", error.Message, StringComparison.Ordinal);
        busy.Release();
        (await slot.Engines.NextAsync()).Release();
        await Task.WhenAll(waiting);
        Task accepted = slot.Infer(4);
        (await slot.Engines.NextAsync()).Release();
        await accepted;
    }

    [Fact]
    public async Task Infer_CancelledInTheQueue_IsRemoved()
    {
        await using SlotHarness slot = new();
        using CancellationTokenSource cancel = new();
        FakeBatch busy = await slot.Occupy();
        Task cancelled = slot.Infer(1, cancel: cancel);
        Task other = slot.Infer(2);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.Equal(1, slot.Slot.Snapshot().Queued);
        busy.Release();
        FakeBatch batch = await slot.Engines.NextAsync();
        Assert.Equal([2], batch.Marks);
        batch.Release();
        await other;
    }

    [Fact]
    public async Task Infer_CancelledWhileItRuns_EndsAloneAndLeavesItsBatch()
    {
        await using SlotHarness slot = new(maxBatch: 2, delayMilliseconds: 10);
        using CancellationTokenSource cancel = new();
        Task cancelled = slot.Infer(1, cancel: cancel);
        Task other = slot.Infer(2);
        FakeBatch batch = await slot.Engines.NextAsync();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        batch.Release();
        await other;
    }

    [Fact]
    public async Task Infer_CancelledBefore_NeverWaits()
    {
        await using SlotHarness slot = new();
        using CancellationTokenSource cancel = new();
        await cancel.CancelAsync();

        Task cancelled = slot.Infer(1, cancel: cancel);

        Assert.True(cancelled.IsCanceled);
        Assert.Equal(0, slot.Slot.Snapshot().Queued);
    }

    [Fact]
    public async Task Infer_FailingBatch_FailsOnlyItsOwnRequests()
    {
        await using SlotHarness slot = new(maxBatch: 2);
        FakeBatch busy = await slot.Occupy();
        Task[] failing = [slot.Infer(1), slot.Infer(2)];
        Task fine = slot.Infer(3);
        busy.Release();

        (await slot.Engines.NextAsync()).Throw(new InvalidOperationException("broken batch"));
        (await slot.Engines.NextAsync()).Release();

        foreach (Task task in failing)
            Assert.Equal("broken batch", (await Assert.ThrowsAsync<InvalidOperationException>(() => task)).Message);
        await fine;
    }

    [Fact]
    public async Task Infer_ModelThatDoesNotLoad_FailsWithTheLoadsExceptionAndCanBeTriedAgain()
    {
        await using SlotHarness slot = new(engines: new FakeEngines { RunFreely = true });
        slot.Engines.OnGet = (_, _) => throw new InvalidBundleException("model m is damaged");

        var error = await Assert.ThrowsAsync<InvalidBundleException>(() => slot.Infer(1));

        Assert.Equal("model m is damaged", error.Message);
        Assert.Empty(slot.Slot.Snapshot().LoadedModels);
        slot.Engines.OnGet = null;
        await slot.Infer(2);
        Assert.Equal(["m"], slot.Slot.Snapshot().LoadedModels);
    }

    [Fact]
    public async Task Infer_ModelThatDoesNotWarm_IsDisposedAndFails()
    {
        await using SlotHarness slot = new(engines: new FakeEngines { RunFreely = true });
        slot.Engines.OnWarm = _ => throw new InvalidOperationException("out of memory");

        await Assert.ThrowsAsync<InvalidOperationException>(() => slot.Infer(1));

        Assert.Equal(["get m", "warm m", "dispose m"], slot.Engines.Log);
    }

    [Theory]
    [MemberData(nameof(WrongOptions))]
    public void Constructor_OptionsOutOfRange_SaysWhich(SlotOptions options, string clause)
    {
        FakeEngines engines = new();

        var error = Assert.Throws<ArgumentException>(() => new DeviceSlot(options, engines));

        Assert.Contains(clause, error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<SlotOptions, string> WrongOptions() =>
        new()
        {
            {
                new SlotOptions { Device = "tpu" },
                "'tpu'"
            },
            {
                new SlotOptions { MaxBatch = 0 },
                "maxBatch is 0"
            },
            {
                new SlotOptions { MaxDelay = TimeSpan.FromMinutes(1) },
                "maxDelay"
            },
            {
                new SlotOptions { MaxDelay = TimeSpan.FromTicks(-1) },
                "maxDelay"
            },
            {
                new SlotOptions { QueueCapacity = 0 },
                "queueCapacity is 0"
            },
            {
                new SlotOptions { MaxLoadedModels = 0 },
                "maxLoadedModels is 0"
            },
            {
                new SlotOptions { Threads = -1 },
                "threads is -1"
            },
            {
                new SlotOptions { Precision = (Precision)9 },
                "precision"
            },
        };

    [Fact]
    public void Validate_Defaults_AreSound() => Assert.Empty(new SlotOptions().Validate());
}
