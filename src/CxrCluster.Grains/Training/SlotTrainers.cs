using CxrCluster.Grains.Telemetry;
using CxrCluster.Grains.Workers;
using CxrCluster.Storage.Blobs;
using Microsoft.Extensions.Logging;

namespace CxrCluster.Grains.Training;

/// <summary>The trainers of this process, one per slot.</summary>
public sealed class SlotTrainers : IAsyncDisposable
{
    private readonly DeviceSlots _slots;
    private readonly IReadOnlyList<SlotTrainer> _trainers;

    /// <param name="slots">The devices.</param>
    /// <param name="runs">Makes runs.</param>
    /// <param name="blobs">Where checkpoints lie.</param>
    /// <param name="folder">For copies of checkpoints under way.</param>
    /// <param name="instruments">Told of every step.</param>
    /// <param name="time">Measures.</param>
    /// <param name="logger">Told of interruptions.</param>
    public SlotTrainers(
        DeviceSlots slots,
        ITrainingRuns runs,
        IBlobStore blobs,
        string folder,
        TrainingInstruments instruments,
        TimeProvider time,
        ILogger<SlotTrainer> logger
    )
    {
        _slots = slots;
        _trainers =
        [
            .. Enumerable
                .Range(0, slots.Count)
                .Select(i => new SlotTrainer(slots.Get(i), runs, blobs, folder, instruments, time, logger)),
        ];
    }

    /// <exception cref="Contracts.Faults.WorkerUnavailableException">This process has no such slot.</exception>
    public SlotTrainer Get(int ordinal)
    {
        _slots.Get(ordinal);
        return _trainers[ordinal];
    }

    /// <summary>Ends what is under way, before the slots and the cohorts that it uses are gone.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (SlotTrainer trainer in _trainers)
            await trainer.EndAsync();
    }
}
