namespace CxrCluster.Grains.Scoring;

/// <summary>How hard the pipeline tries, section "Scoring" of the configuration.</summary>
public sealed class ScoringOptions
{
    /// <summary>How long an image of a job waits for workers before it fails as unavailable. Long enough for a node to be
    /// restarted by hand.</summary>
    public TimeSpan BulkPatience { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long somebody who waits at a screen is kept waiting.</summary>
    public TimeSpan InteractivePatience { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>One call of a worker; a cold slot loads its model within it.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(120);

    /// <summary>A job's calls under way to one worker from one process: enough to fill its batches, few enough that the last is answered
    /// well within <see cref="CallTimeout"/>.</summary>
    public int CallsPerWorker { get; set; } = 24;

    /// <summary>An image during whose handling this many different processes died is not tried again.</summary>
    public int MaxWorkerLosses { get; set; } = 3;

    /// <summary>Images under way per hospital and job: enough to fill the batches of several slots.</summary>
    public int Window { get; set; } = 48;

    /// <summary>Results per transaction.</summary>
    public int CommitBatch { get; set; } = 32;

    /// <summary>The longest a result waits for others before it is committed.</summary>
    public TimeSpan CommitDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Sentences about what is wrong; none when it is right.</summary>
    public IEnumerable<string> Validate()
    {
        if (BulkPatience <= TimeSpan.Zero || InteractivePatience <= TimeSpan.Zero)
            yield return "Scoring:BulkPatience and Scoring:InteractivePatience must be positive, as in 00:10:00.";
        if (CallTimeout <= TimeSpan.Zero)
            yield return "Scoring:CallTimeout must be positive, as in 00:02:00.";
        if (CallsPerWorker is < 1 or > 1024)
            yield return $"Scoring:CallsPerWorker is {CallsPerWorker}: set it between 1 and 1024 calls.";
        if (MaxWorkerLosses < 1)
            yield return $"Scoring:MaxWorkerLosses is {MaxWorkerLosses}: set it to 1 or more.";
        if (Window is < 1 or > 1024)
            yield return $"Scoring:Window is {Window}: set it between 1 and 1024 images.";
        if (CommitBatch is < 1 or > 1024)
            yield return $"Scoring:CommitBatch is {CommitBatch}: set it between 1 and 1024 results.";
        if (CommitDelay < TimeSpan.Zero || CommitDelay > TimeSpan.FromMinutes(1))
            yield return $"Scoring:CommitDelay is {CommitDelay}: set it between 00:00:00 and 00:01:00.";
    }
}
