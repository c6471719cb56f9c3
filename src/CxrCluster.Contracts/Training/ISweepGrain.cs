namespace CxrCluster.Contracts.Training;

/// <summary>
/// Coordinates every running sweep of the cluster; key 0. One for all of them, because sweeps share the slots. The rows
/// are the truth: it takes each running sweep over, leases slots to its runs an epoch at a time and records what comes of it.
/// </summary>
[Alias("sweep")]
public interface ISweepGrain : IGrainWithIntegerKey
{
    /// <summary>Starts, or resumes after a crash; while it runs it looks at the rows again. Returns at once.</summary>
    [Alias("ensure-running")]
    Task EnsureRunning();
}
