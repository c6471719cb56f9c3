namespace CxrCluster.Contracts.Jobs;

/// <summary>The state of a scoring job or of one hospital's part of it.</summary>
public enum JobState
{
    /// <summary>Items are being taken up.</summary>
    Running,

    /// <summary>Every item is in a final state.</summary>
    Done,

    /// <summary>Somebody stopped it; what was scored stays scored.</summary>
    Cancelled,

    /// <summary>Somebody halted it; it goes on when resumed.</summary>
    Paused,
}
