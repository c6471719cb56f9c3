using CxrCluster.Learning.Slots;
using Microsoft.Extensions.Time.Testing;

namespace CxrCluster.Learning.Tests.Slots;

/// <summary>A slot over fake engines and a clock that only the test moves.</summary>
internal sealed class SlotHarness : IAsyncDisposable
{
    public SlotHarness(
        int maxBatch = 4,
        int delayMilliseconds = 0,
        int capacity = 100,
        int maxLoaded = 2,
        int threads = 1,
        FakeEngines? engines = null,
        double share = 0.1
    )
    {
        Engines = engines ?? new FakeEngines();
        SlotOptions options = new()
        {
            MaxBatch = maxBatch,
            MaxDelay = TimeSpan.FromMilliseconds(delayMilliseconds),
            QueueCapacity = capacity,
            MaxLoadedModels = maxLoaded,
            Threads = threads,
            TrainingShare = share,
        };
        Slot = new DeviceSlot(options, Engines, Time, Engines.Make) { OnBatch = BatchSizes.Add };
    }

    public FakeTimeProvider Time { get; } = new();

    public FakeEngines Engines { get; }

    public DeviceSlot Slot { get; }

    public List<int> BatchSizes { get; } = [];

    public Task<Learning.Inference.Inference> Infer(
        int mark,
        string model = "m",
        SlotPriority priority = SlotPriority.Bulk,
        int side = 1,
        bool wantLungMap = false,
        bool wantHeatMap = false,
        CancellationTokenSource? cancel = null
    ) =>
        Slot.InferAsync(
            new SlotRequest(model, FakeEngines.Image(mark, side), priority, wantLungMap, wantHeatMap),
            cancel?.Token ?? TestContext.Current.CancellationToken
        );

    /// <summary>Occupies the slot with one image of mark 0, so that what comes after has to wait.</summary>
    public async Task<FakeBatch> Occupy()
    {
        Task<Learning.Inference.Inference> first = Infer(0);
        Time.Advance(TimeSpan.FromSeconds(10));
        FakeBatch batch = await Engines.NextAsync();
        Assert.False(first.IsCompleted);
        return batch;
    }

    public void Advance(int milliseconds) => Time.Advance(TimeSpan.FromMilliseconds(milliseconds));

    public ValueTask DisposeAsync()
    {
        Engines.ReleaseAll();
        return Slot.DisposeAsync();
    }
}
