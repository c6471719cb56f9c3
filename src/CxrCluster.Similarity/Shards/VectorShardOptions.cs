namespace CxrCluster.Similarity.Shards;

/// <summary>How a shard keeps its files.</summary>
public sealed record VectorShardOptions
{
    /// <summary>A log larger than this is replaced by a new snapshot, unless it is small beside the last one.</summary>
    public long LogBytes { get; init; } = 64 << 20;

    /// <summary>Appends that may wait for the disk; more wait at their callers.</summary>
    public int QueueCapacity { get; init; } = 64;

    /// <summary>What is wrong with these options, a sentence each.</summary>
    public IEnumerable<string> Validate()
    {
        if (LogBytes < 1)
            yield return $"The log bytes are {LogBytes}; give at least 1.";
        if (QueueCapacity < 1)
            yield return $"The queue capacity is {QueueCapacity}; give at least 1.";
    }
}
