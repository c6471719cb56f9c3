using CxrCluster.Learning.Bundles;
using CxrCluster.Learning.Slots;

namespace CxrCluster.Learning.Tests.Slots;

public class DeviceSlotStopTests
{
    [Fact]
    public async Task Dispose_BusySlot_AnswersWhatRunsAndRefusesWhatWaits()
    {
        await using SlotHarness slot = new();
        Task running = slot.Infer(1);
        FakeBatch batch = await slot.Engines.NextAsync();
        Task waiting = slot.Infer(2);
        Task warm = slot.Slot.WarmAsync("x", TestContext.Current.CancellationToken);

        Task stop = slot.Slot.DisposeAsync().AsTask();

        await Assert.ThrowsAsync<SlotStoppedException>(() => waiting);
        await Assert.ThrowsAsync<SlotStoppedException>(() => warm);
        Assert.False(stop.IsCompleted);
        batch.Release();
        await running;
        await stop;
        Assert.Equal(["get m", "warm m", "dispose m"], slot.Engines.Log);
    }

    [Fact]
    public async Task Infer_AfterDispose_IsRefused()
    {
        SlotHarness slot = new();
        await slot.DisposeAsync();

        var error = await Assert.ThrowsAsync<SlotStoppedException>(() => slot.Infer(1));

        Assert.Contains("cpu", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<SlotStoppedException>(() =>
            slot.Slot.WarmAsync("m", TestContext.Current.CancellationToken)
        );
        await slot.DisposeAsync();
    }

    [Fact]
    public async Task Dispose_WhileAModelLoads_EndsTheLoad()
    {
        SlotHarness slot = new();
        TaskCompletionSource loading = new(TaskCreationOptions.RunContinuationsAsynchronously);
        slot.Engines.OnGet = async (_, token) =>
        {
            loading.SetResult();
            await Task.Delay(Timeout.Infinite, token);
            return FakeEngines.Bundle("never");
        };
        Task image = slot.Infer(1);
        await loading.Task;

        await slot.DisposeAsync();

        await Assert.ThrowsAsync<SlotStoppedException>(() => image);
    }
}
