using CxrCluster.Learning.Inference;

namespace CxrCluster.Learning.Slots;

/// <summary>How a device slot queues, batches and computes.</summary>
public sealed record SlotOptions
{
    /// <summary>"cpu" or "cuda:N". CUDA is configuration only: it was never run by the authors.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Images in one batch at most, 1..256. Default 16.</summary>
    public int MaxBatch { get; init; } = 16;

    /// <summary>How long an image may wait for its batch to fill, 0..10 s. Default 10 ms.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Images that may wait, 1..100,000; the next is refused at once. Default 256.</summary>
    public int QueueCapacity { get; init; } = 256;

    /// <summary>Models kept warm, 1..64; the least recently used goes first. Default 2.</summary>
    public int MaxLoadedModels { get; init; } = 2;

    /// <summary>Cores that the slot computes on, 1..1024; 0 (the default) takes all of the machine's.</summary>
    public int Threads { get; init; }

    /// <summary>Share of the slot's time that training gets beside steady bulk scoring, 0..0.9. Default 0.1. Images for
    /// which a person or a patient waits always go first.</summary>
    public double TrainingShare { get; init; } = 0.1;

    /// <summary>Auto follows the bundle and the CPU; anything else overrides them.</summary>
    public Precision Precision { get; init; }

    /// <summary>One sentence per value out of range; empty when the options are sound.</summary>
    public IEnumerable<string> Validate()
    {
        if (TorchDevice.Problem(Device) is { } problem)
            yield return problem;
        if (MaxBatch is < 1 or > 256)
            yield return $"Slot setting maxBatch is {MaxBatch}: use 1 to 256.";
        if (MaxDelay < TimeSpan.Zero || MaxDelay > TimeSpan.FromSeconds(10))
            yield return $"Slot setting maxDelay is {MaxDelay}: use 0 to 10 seconds.";
        if (QueueCapacity is < 1 or > 100_000)
            yield return $"Slot setting queueCapacity is {QueueCapacity}: use 1 to 100,000.";
        if (MaxLoadedModels is < 1 or > 64)
            yield return $"Slot setting maxLoadedModels is {MaxLoadedModels}: use 1 to 64.";
        if (Threads is < 0 or > 1024)
            yield return $"Slot setting threads is {Threads}: use 1 to 1024, or 0 for all cores.";
        if (TrainingShare is not (>= 0 and <= 0.9))
            yield return $"Slot setting trainingShare is {TrainingShare}: use 0 to 0.9.";
        if (!Enum.IsDefined(Precision))
            yield return "Slot setting precision is unknown: use auto, float32 or bfloat16.";
    }
}
