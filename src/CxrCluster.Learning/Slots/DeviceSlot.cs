using CxrCluster.Learning.Bundles;
using CxrCluster.Learning.Inference;

namespace CxrCluster.Learning.Slots;

/// <summary>One device: one dedicated thread behind a bounded queue, batching what waits.</summary>
public sealed class DeviceSlot : IAsyncDisposable
{
    /// <summary>Starts the slot's thread.</summary>
    public DeviceSlot(
        SlotOptions options,
        IBundleSource bundles,
        TimeProvider? timeProvider = null,
        Func<ModelBundle, IInferenceEngine>? makeEngine = null
    ) => throw new NotSupportedException("Comes with the next landing.");

    /// <summary>Called on the slot's thread with the size of every batch.</summary>
    public Action<int>? OnBatch { get; init; }

    /// <summary>Scores one image, batched with others that wait.</summary>
    /// <exception cref="SlotBusyException">The queue is full.</exception>
    /// <exception cref="SlotStoppedException">The slot is stopping.</exception>
    public Task<Inference.Inference> InferAsync(SlotRequest request, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Comes with the next landing.");

    /// <summary>Loads the model and runs it, so that the first image does not wait for it.</summary>
    public Task WarmAsync(string model, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Comes with the next landing.");

    /// <summary>Queue, counters and loaded models.</summary>
    public SlotSnapshot Snapshot() => throw new NotSupportedException("Comes with the next landing.");

    /// <inheritdoc />
    public ValueTask DisposeAsync() => throw new NotSupportedException("Comes with the next landing.");
}
