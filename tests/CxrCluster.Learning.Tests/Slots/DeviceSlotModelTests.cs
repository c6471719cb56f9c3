using CxrCluster.Learning.Slots;

namespace CxrCluster.Learning.Tests.Slots;

public class DeviceSlotModelTests
{
    [Fact]
    public async Task Infer_MoreModelsThanFit_DropsTheLeastRecentlyUsed()
    {
        await using SlotHarness slot = new(maxLoaded: 2, engines: new FakeEngines { RunFreely = true });

        foreach (string model in new[] { "a", "b", "a", "c", "a", "b" })
            await slot.Infer(1, model);

        Assert.Equal(["b", "a"], slot.Slot.Snapshot().LoadedModels);
        Assert.Equal(
            ["get a", "warm a", "get b", "warm b", "get c", "dispose b", "warm c", "get b", "dispose c", "warm b"],
            slot.Engines.Log
        );
    }

    [Fact]
    public async Task Infer_UnknownModelWhenFull_CostsNoWarmModel()
    {
        await using SlotHarness slot = new(maxLoaded: 1, engines: new FakeEngines { RunFreely = true });
        await slot.Infer(1, "a");
        slot.Engines.OnGet = (_, _) => throw new InvalidOperationException("no such model");

        await Assert.ThrowsAsync<InvalidOperationException>(() => slot.Infer(1, "b"));

        Assert.Equal(["a"], slot.Slot.Snapshot().LoadedModels);
    }

    [Fact]
    public async Task Warm_Model_LoadsItWithoutAnImageAndOnlyOnce()
    {
        await using SlotHarness slot = new(engines: new FakeEngines { RunFreely = true });

        await slot.Slot.WarmAsync("m", TestContext.Current.CancellationToken);
        await slot.Slot.WarmAsync("m", TestContext.Current.CancellationToken);
        await slot.Infer(1);

        Assert.Equal(["get m", "warm m"], slot.Engines.Log);
        Assert.Equal([1], slot.BatchSizes);
    }

    [Fact]
    public async Task Warm_BusySlot_GoesBeforeWaitingImagesAndPastAFullQueue()
    {
        await using SlotHarness slot = new(capacity: 1);
        FakeBatch busy = await slot.Occupy();
        Task image = slot.Infer(1);
        Task warm = slot.Slot.WarmAsync("other", TestContext.Current.CancellationToken);
        busy.Release();

        await warm; // before the image is let go
        Assert.Equal(["get m", "warm m", "get other", "warm other"], slot.Engines.Log);
        (await slot.Engines.NextAsync()).Release();
        await image;
    }

    [Fact]
    public async Task Warm_ModelThatDoesNotLoad_FailsWithTheLoadsException()
    {
        await using SlotHarness slot = new();
        slot.Engines.OnGet = (_, _) => throw new InvalidOperationException("no such model");

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            slot.Slot.WarmAsync("x", TestContext.Current.CancellationToken)
        );

        Assert.Equal("no such model", error.Message);
    }
}
