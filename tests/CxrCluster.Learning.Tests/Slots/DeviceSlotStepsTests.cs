using System.Threading.Channels;
using CxrCluster.Learning.Slots;
using TorchSharp;

namespace CxrCluster.Learning.Tests.Slots;

public class DeviceSlotStepsTests
{
    [Fact]
    public async Task RunSteps_IdleSlot_RunsThemToTheEndOnItsThreadWithTheirOwnThreads()
    {
        await using SlotHarness slot = new(threads: 2);
        var seen = new List<(int Thread, int Cores)>();
        int left = 3;

        await slot.Slot.RunStepsAsync(
            new StepwiseWork(
                _ =>
                {
                    seen.Add((Environment.CurrentManagedThreadId, torch.get_num_threads()));
                    return --left > 0;
                },
                Threads: 1
            ),
            Cancel
        );
        slot.Engines.RunFreely = true;
        await slot.Infer(1);

        Assert.Equal(3, seen.Count);
        Assert.Equal(3, slot.Slot.Snapshot().Steps);
        Assert.All(seen, s => Assert.Equal((slot.Engines.ThreadIds.Single(), 1), s));
        Assert.Equal(2, slot.Engines.TorchThreads);
    }

    [Fact]
    public async Task RunSteps_ImagesComeDuringAStep_GoBeforeTheNext()
    {
        await using SlotHarness slot = new();
        FakeSteps steps = new(slot, milliseconds: 10);
        Task work = steps.Run();
        await steps.NextAsync();
        Task answer = slot.Infer(1, priority: SlotPriority.Interactive);
        steps.Release();

        FakeBatch batch = await slot.Engines.NextAsync();
        Assert.Equal(1, steps.Started);
        batch.Release();
        await answer;
        await steps.NextAsync();
        steps.ReleaseAll(last: true);
        await work;
    }

    [Fact]
    public async Task RunSteps_BatchFills_AStepStartsOnlyWhenItFitsIntoTheDelay()
    {
        await using SlotHarness slot = new(maxBatch: 4, delayMilliseconds: 50);
        FakeSteps steps = new(slot, milliseconds: 20);
        Task work = steps.Run();
        await steps.NextAsync();
        Task answer = slot.Infer(1); // waits 50 ms for others; each step takes 20 ms
        steps.Release(); // at 20 ms: the next one would end at 40
        await steps.NextAsync();
        steps.Release(); // at 40 ms: the next one would end at 60
        await steps.DecidedAsync();
        Assert.Equal(2, steps.Started);

        slot.Advance(10);
        (await slot.Engines.NextAsync()).Release();
        await answer;
        await steps.NextAsync();
        steps.ReleaseAll(last: true);
        await work;
    }

    [Fact]
    public async Task RunSteps_SteadyBulk_GetTheirShare()
    {
        (int batches, int steps) = await MixAsync(SlotPriority.Bulk, batches: 90, share: 0.25);

        Assert.Equal(90, batches);
        Assert.InRange(steps, 28, 31); // a quarter of the time, 90 batches being three quarters
    }

    [Fact]
    public async Task RunSteps_SteadyInteractive_Wait()
    {
        (int batches, int steps) = await MixAsync(SlotPriority.Interactive, batches: 50, share: 0.25);

        Assert.Equal((50, 0), (batches, steps));
    }

    [Fact]
    public async Task RunSteps_TwoWorks_TakeTurns()
    {
        await using SlotHarness slot = new();
        var order = new List<char>();
        using var started = new ManualResetEventSlim();
        StepwiseWork Work(char name, int left) =>
            new(
                _ =>
                {
                    started.Wait(TestContext.Current.CancellationToken);
                    order.Add(name);
                    return --left > 0;
                },
                1
            );
        Task[] works = [slot.Slot.RunStepsAsync(Work('a', 3), Cancel), slot.Slot.RunStepsAsync(Work('b', 3), Cancel)];
        started.Set();
        await Task.WhenAll(works);

        Assert.Equal("ababab", string.Concat(order));
    }

    [Fact]
    public async Task RunSteps_StepThrows_FailsItsWorkAndNothingElse()
    {
        await using SlotHarness slot = new();
        slot.Engines.RunFreely = true;

        Task work = slot.Slot.RunStepsAsync(new StepwiseWork(_ => throw new InvalidDataException("bad"), 1), Cancel);

        Assert.Equal("bad", (await Assert.ThrowsAsync<InvalidDataException>(() => work)).Message);
        await slot.Infer(1);
        Assert.Equal(0, slot.Slot.Snapshot().StepwiseWorks);
    }

    [Fact]
    public async Task RunSteps_Cancelled_EndsBeforeTheNextStep()
    {
        await using SlotHarness slot = new();
        using var cancel = new CancellationTokenSource();
        FakeSteps steps = new(slot, milliseconds: 1);
        Task work = steps.Run(cancel.Token);
        await steps.NextAsync();
        await cancel.CancelAsync();
        steps.Release();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
        Assert.Equal(1, steps.Started);
    }

    [Fact]
    public async Task RunSteps_SlotStops_TheStepEndsAndTheWorkIsRefused()
    {
        SlotHarness slot = new();
        FakeSteps steps = new(slot, milliseconds: 1);
        Task work = steps.Run();
        await steps.NextAsync();
        ValueTask stop = slot.DisposeAsync();
        Assert.False(work.IsCompleted); // its step still computes
        steps.Release();

        await Assert.ThrowsAsync<SlotStoppedException>(() => work);
        await stop;
        Assert.Throws<SlotStoppedException>(() =>
        {
            _ = steps.Run();
        });
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Batches of 10 ms without a pause beside steps of 10 ms; how many of each until the batches are through.</summary>
    private static async Task<(int Batches, int Steps)> MixAsync(SlotPriority priority, int batches, double share)
    {
        SlotHarness? harness = null;
        FakeEngines engines = new() { RunFreely = true };
        int ran = 0;
        int stepped = 0;
        int atTheEnd = -1;
        engines.OnInfer = () =>
        {
            harness!.Advance(10);
            if (++ran == batches)
                atTheEnd = stepped;
        };
        await using SlotHarness slot = harness = new SlotHarness(
            maxBatch: 1,
            capacity: 1000,
            engines: engines,
            share: share
        );
        using var ready = new ManualResetEventSlim();
        Task hold = slot.Slot.RunStepsAsync(new StepwiseWork(_ => Wait(ready), 1), Cancel);
        Task[] answers = [.. Enumerable.Range(0, batches).Select(_ => slot.Infer(1, priority: priority))];
        Task work = slot.Slot.RunStepsAsync(
            new StepwiseWork(
                _ =>
                {
                    slot.Advance(10);
                    stepped++;
                    return atTheEnd < 0;
                },
                1
            ),
            Cancel
        );
        ready.Set();
        await Task.WhenAll(answers);
        await Task.WhenAll(hold, work);
        return (ran, atTheEnd);
    }

    private static bool Wait(ManualResetEventSlim until)
    {
        until.Wait(TestContext.Current.CancellationToken);
        return false;
    }

    /// <summary>Steps that begin when the slot wants and end when the test says so, each taking some time of the clock.</summary>
    private sealed class FakeSteps(SlotHarness slot, int milliseconds)
    {
        private readonly Channel<bool> _started = Channel.CreateUnbounded<bool>();
        private readonly Channel<bool> _go = Channel.CreateUnbounded<bool>();
        private bool _last;
        private bool _free;

        public int Started { get; private set; }

        public Task Run(CancellationToken? cancel = null) =>
            slot.Slot.RunStepsAsync(new StepwiseWork(Step, 1), cancel ?? TestContext.Current.CancellationToken);

        public async Task NextAsync() => await _started.Reader.ReadAsync(TestContext.Current.CancellationToken);

        public void Release() => _go.Writer.TryWrite(true);

        public void ReleaseAll(bool last)
        {
            _last = last;
            _free = true;
            _go.Writer.TryWrite(true);
        }

        /// <summary>Returns when the slot's thread has decided what to do after the step that was released: it waits.</summary>
        public async Task DecidedAsync()
        {
            while (slot.Slot.Snapshot() is { Steps: var done } && done < Started)
                await Task.Yield();
            // Warm-ups go first: when one is through, the thread has looked at the queue again.
            await slot.Slot.WarmAsync("m", TestContext.Current.CancellationToken);
        }

        private bool Step(CancellationToken cancellationToken)
        {
            Started++;
            _started.Writer.TryWrite(true);
            if (!_free)
                _go.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult();
            slot.Advance(milliseconds);
            return !_last;
        }
    }
}
