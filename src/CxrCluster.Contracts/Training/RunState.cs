namespace CxrCluster.Contracts.Training;

/// <summary>The state of one run of a sweep: one network on one split.</summary>
public enum RunState
{
    /// <summary>It waits for a slot; epochs that it has behind it are kept.</summary>
    Pending,

    /// <summary>A slot trains it.</summary>
    Running,

    /// <summary>It is trained and its held-out images are predicted.</summary>
    Done,

    /// <summary>It cannot be trained; its reason says why.</summary>
    Failed,
}
