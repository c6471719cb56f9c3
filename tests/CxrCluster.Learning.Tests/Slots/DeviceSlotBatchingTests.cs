using CxrCluster.Learning.Slots;

namespace CxrCluster.Learning.Tests.Slots;

public class DeviceSlotBatchingTests
{
    [Fact]
    public async Task Infer_FullBatch_LeavesWithoutWaiting()
    {
        await using SlotHarness slot = new(maxBatch: 3, delayMilliseconds: 1000);
        var answers = Enumerable.Range(1, 3).Select(mark => slot.Infer(mark)).ToArray();

        FakeBatch batch = await slot.Engines.NextAsync();
        batch.Release();

        Assert.Equal([1, 2, 3], batch.Marks);
        Assert.Equal([1 / 255.0, 2 / 255.0, 3 / 255.0], (await Task.WhenAll(answers)).Select(a => a.Probability));
    }

    [Fact]
    public async Task Infer_FewerThanTheMaximum_LeaveWhenTheOldestHasWaited()
    {
        await using SlotHarness slot = new(maxBatch: 8, delayMilliseconds: 10);
        Task first = slot.Infer(1);
        slot.Advance(6);
        Task second = slot.Infer(2);
        Assert.Equal(2, slot.Slot.Snapshot().Queued);
        slot.Advance(4);

        FakeBatch batch = await slot.Engines.NextAsync();
        batch.Release();
        await Task.WhenAll(first, second);

        Assert.Equal([1, 2], batch.Marks);
    }

    [Fact]
    public async Task Infer_MoreThanTheMaximum_IsSplit()
    {
        await using SlotHarness slot = new(maxBatch: 2);
        FakeBatch busy = await slot.Occupy();
        var answers = Enumerable.Range(1, 5).Select(mark => slot.Infer(mark)).ToArray();
        busy.Release();

        foreach (int[] marks in new int[][] { [1, 2], [3, 4], [5] })
        {
            FakeBatch batch = await slot.Engines.NextAsync();
            Assert.Equal(marks, batch.Marks);
            batch.Release();
        }
        await Task.WhenAll(answers);

        Assert.Equal([1, 2, 2, 1], slot.BatchSizes);
    }

    [Fact]
    public async Task Infer_Priorities_GoFirstAndFillTheBatchInOrder()
    {
        await using SlotHarness slot = new(maxBatch: 2);
        FakeBatch busy = await slot.Occupy();
        Task[] answers =
        [
            slot.Infer(1),
            slot.Infer(2),
            slot.Infer(3, priority: SlotPriority.Interactive),
            slot.Infer(4, priority: SlotPriority.Urgent),
            slot.Infer(5, priority: SlotPriority.Urgent),
        ];
        busy.Release();

        foreach (int[] marks in new int[][] { [4, 5], [3, 1], [2] })
        {
            FakeBatch batch = await slot.Engines.NextAsync();
            Assert.Equal(marks, batch.Marks);
            batch.Release();
        }
        await Task.WhenAll(answers);
    }

    [Fact]
    public async Task Infer_ModelsAndSides_AreNotMixed()
    {
        await using SlotHarness slot = new(maxBatch: 4);
        FakeBatch busy = await slot.Occupy();
        Task[] answers =
        [
            slot.Infer(1, model: "a"),
            slot.Infer(2, model: "b"),
            slot.Infer(3, model: "a"),
            slot.Infer(4, model: "a", side: 2),
            slot.Infer(5, model: "b"),
        ];
        busy.Release();

        foreach ((string model, int[] marks) in new (string, int[])[] { ("a", [1, 3]), ("b", [2, 5]), ("a", [4]) })
        {
            FakeBatch batch = await slot.Engines.NextAsync();
            Assert.Equal(model, batch.Model);
            Assert.Equal(marks, batch.Marks);
            batch.Release();
        }
        await Task.WhenAll(answers);
    }

    [Fact]
    public async Task Infer_Maps_GoOnlyToWhomAsked()
    {
        await using SlotHarness slot = new(maxBatch: 3);
        FakeBatch busy = await slot.Occupy();
        var lungs = slot.Infer(1, wantLungMap: true);
        var heat = slot.Infer(2, wantHeatMap: true);
        var neither = slot.Infer(3);
        busy.Release();
        (await slot.Engines.NextAsync()).Release();

        Assert.Equal((1, null), ((await lungs).LungMap!.Pixels[0], (await lungs).HeatMap));
        Assert.Equal((null, 2), ((await heat).LungMap, (await heat).HeatMap!.Pixels[0]));
        Assert.Equal((null, null), ((await neither).LungMap, (await neither).HeatMap));
    }

    [Fact]
    public async Task Infer_ManyAtOnce_EachGetsItsOwnAnswer()
    {
        await using SlotHarness slot = new(maxBatch: 7, capacity: 500, engines: new FakeEngines { RunFreely = true });

        await Parallel.ForEachAsync(
            Enumerable.Range(0, 500),
            TestContext.Current.CancellationToken,
            async (i, _) =>
            {
                var answer = await slot.Infer(i % 256, $"m{i % 2}", (SlotPriority)(i % 3));
                Assert.Equal(i % 256 / 255.0, answer.Probability);
            }
        );

        SlotSnapshot snapshot = slot.Slot.Snapshot();
        Assert.Equal(500, snapshot.Images);
        Assert.Equal(500, slot.BatchSizes.Sum());
        Assert.Equal(slot.BatchSizes.Count, snapshot.Batches);
        Assert.Equal(0, snapshot.Queued);
        Assert.Single(slot.Engines.ThreadIds);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Infer_OnItsThread_ComputesOnTheThreadsItWasGiven(int threads)
    {
        await using SlotHarness slot = new(threads: threads, engines: new FakeEngines { RunFreely = true });

        await slot.Infer(1);

        Assert.Equal(threads, slot.Engines.TorchThreads);
    }
}
