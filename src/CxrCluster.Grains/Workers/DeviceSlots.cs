using CxrCluster.Contracts.Faults;
using CxrCluster.Grains.Telemetry;
using CxrCluster.Learning.Slots;

namespace CxrCluster.Grains.Workers;

/// <summary>The device slots of this process, in the order of its configuration.</summary>
public sealed class DeviceSlots : IAsyncDisposable
{
    private readonly IReadOnlyList<DeviceSlot> _slots;

    /// <param name="slots">One per device.</param>
    /// <param name="instruments">Where their queues are shown.</param>
    public DeviceSlots(IReadOnlyList<DeviceSlot> slots, CxrInstruments instruments)
    {
        _slots = slots;
        for (int i = 0; i < slots.Count; i++)
        {
            DeviceSlot slot = slots[i];
            instruments.ObserveQueue($"slot-{i}", () => slot.Snapshot().Queued);
        }
    }

    /// <summary>How many there are.</summary>
    public int Count => _slots.Count;

    /// <exception cref="WorkerUnavailableException">This process has no such slot.</exception>
    public DeviceSlot Get(int ordinal) =>
        (uint)ordinal < (uint)_slots.Count
            ? _slots[ordinal]
            : throw new WorkerUnavailableException(
                $"Slot {ordinal} does not exist: this node has {_slots.Count}. Check Node:Slots of its configuration."
            );

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (DeviceSlot slot in _slots)
            await slot.DisposeAsync();
    }
}
