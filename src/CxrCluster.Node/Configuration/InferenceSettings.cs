using CxrCluster.Learning;
using CxrCluster.Learning.Slots;

namespace CxrCluster.Node.Configuration;

/// <summary>Every slot of this node, section "Inference" of the configuration.</summary>
public sealed class InferenceSettings
{
    /// <summary>Images per batch at most.</summary>
    public int MaxBatch { get; set; } = 8;

    /// <summary>How long a slot waits for a batch to fill.</summary>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Images that may wait per slot.</summary>
    public int QueueCapacity { get; set; } = 256;

    /// <summary>Models kept loaded per slot.</summary>
    public int MaxLoadedModels { get; set; } = 2;

    /// <summary>Threads per CPU slot; 0 shares the cores among the slots.</summary>
    public int Threads { get; set; }

    /// <summary>Share of a slot's time that training gets beside steady bulk scoring, 0 to 0.9.</summary>
    public double TrainingShare { get; set; } = 0.1;

    /// <summary>Auto, Float32 or BFloat16; Auto takes bfloat16 where the device computes it natively.</summary>
    public Precision Precision { get; set; } = Precision.Auto;

    /// <summary>Sentences about what is wrong; none when it is right.</summary>
    public IEnumerable<string> Validate() => ForSlot("cpu", 1).Validate();

    /// <summary>The options of one of this node's slots.</summary>
    /// <param name="device">"cpu" or "cuda:N".</param>
    /// <param name="slots">How many slots share the cores.</param>
    public SlotOptions ForSlot(string device, int slots) =>
        new()
        {
            Device = device,
            MaxBatch = MaxBatch,
            MaxDelay = MaxDelay,
            QueueCapacity = QueueCapacity,
            MaxLoadedModels = MaxLoadedModels,
            Threads = Threads > 0 ? Threads : Math.Max(1, Environment.ProcessorCount / slots),
            TrainingShare = TrainingShare,
            Precision = Precision,
        };
}
