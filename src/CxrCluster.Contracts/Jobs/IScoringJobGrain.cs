namespace CxrCluster.Contracts.Jobs;

/// <summary>
/// Feeds one hospital's part of a scoring job through the cluster. Key: "job/hospital". The rows are the truth: it reads
/// pending items, keeps a bounded window under way, commits in batches fenced by the epoch it took when it started.
/// </summary>
[Alias("scoring-job")]
public interface IScoringJobGrain : IGrainWithStringKey
{
    /// <summary>Starts, or resumes after a crash; no effect while it runs. Returns at once.</summary>
    [Alias("ensure-running")]
    Task EnsureRunning();

    /// <summary>Stops taking up items; those under way are abandoned. The rows already say cancelled or paused.</summary>
    [Alias("stop")]
    Task Stop();
}
