namespace CxrCluster.Grains.Similarity;

/// <summary>How the embedding indexes are split and asked, section "Index" of the configuration.</summary>
public sealed class IndexOptions
{
    /// <summary>Embeddings per shard; a hospital with more has more shards.</summary>
    public int ShardLimit { get; set; } = 250_000;

    /// <summary>How long a query waits for a hospital; then its answer is partial.</summary>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a query waits for a shard that is filling itself.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Threads that one search in one shard may use.</summary>
    public int SearchThreads { get; set; } = 1;

    /// <summary>How often shards are looked after: started where their node was lost, split, dropped.</summary>
    public TimeSpan Period { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a layout that was replaced is kept up to date, for queries that still ask it. Longer than nodes
    /// remember layouts.</summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Fewest patients that a filter must leave of another hospital before any of its cases is shown.</summary>
    public int AnonymityFloor { get; set; } = 5;

    /// <summary>Sentences about what is wrong; none when it is right.</summary>
    public IEnumerable<string> Validate()
    {
        if (ShardLimit is < 100 or > 4_000_000)
            yield return $"Index:ShardLimit is {ShardLimit}: set it between 100 and 4000000 embeddings.";
        if (Deadline <= TimeSpan.Zero || Patience <= TimeSpan.Zero || Period <= TimeSpan.Zero)
            yield return "Index:Deadline, Index:Patience and Index:Period must be positive, as in 00:00:02.";
        if (SearchThreads is < 1 or > 64)
            yield return $"Index:SearchThreads is {SearchThreads}: set it between 1 and 64.";
        if (Grace < 3 * IndexLayouts.Remembered)
            yield return $"Index:Grace is {Grace}: set it to {3 * IndexLayouts.Remembered} at least, so that no node asks a layout that is gone.";
        if (AnonymityFloor is < 1 or > 1000)
            yield return $"Index:AnonymityFloor is {AnonymityFloor}: set it between 1 and 1000 patients.";
    }
}
