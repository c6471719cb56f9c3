namespace CxrCluster.Learning.Slots;

/// <summary>The slot's queue is full: try another slot, or later.</summary>
public sealed class SlotBusyException : Exception
{
    /// <summary>Creates the exception.</summary>
    public SlotBusyException(string device, int capacity)
        : base($"Slot on {device} already has {capacity} images waiting: try another slot, or later.") { }
}
