namespace CxrCluster.Learning.Slots;

/// <summary>Who is served first.</summary>
public enum SlotPriority
{
    /// <summary>A patient waits.</summary>
    Urgent,

    /// <summary>A person waits.</summary>
    Interactive,

    /// <summary>A job waits.</summary>
    Bulk,
}
