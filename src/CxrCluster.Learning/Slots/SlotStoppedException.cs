namespace CxrCluster.Learning.Slots;

/// <summary>The slot is stopping or has stopped: try another slot.</summary>
public sealed class SlotStoppedException : Exception
{
    /// <summary>Creates the exception.</summary>
    public SlotStoppedException(string device)
        : base($"Slot on {device} has stopped: send the image to another slot.") { }
}
