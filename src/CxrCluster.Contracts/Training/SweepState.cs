namespace CxrCluster.Contracts.Training;

/// <summary>The state of a sweep.</summary>
public enum SweepState
{
    /// <summary>Its runs are being taken up.</summary>
    Running,

    /// <summary>Somebody halted it; it can be resumed.</summary>
    Paused,

    /// <summary>Somebody ended it.</summary>
    Cancelled,

    /// <summary>Every run is Done or Failed, and at least one is Done.</summary>
    Done,

    /// <summary>Every run is Failed.</summary>
    Failed,
}
