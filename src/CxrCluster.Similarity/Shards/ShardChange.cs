namespace CxrCluster.Similarity.Shards;

/// <summary>One change of a shard: an entry that is added or replaces the one of its UID, or a UID whose entry goes.</summary>
public readonly record struct ShardChange
{
    private ShardChange(ShardEntry? entry, string uid) => (Entry, Uid) = (entry, uid);

    /// <summary>The entry, or null for a removal.</summary>
    public ShardEntry? Entry { get; }

    /// <summary>Which entry.</summary>
    public string Uid { get; }

    /// <summary>Adds or replaces.</summary>
    public static ShardChange Put(ShardEntry entry) => new(entry, entry.Case.Uid);

    /// <summary>Removes.</summary>
    public static ShardChange Remove(string uid) => new(null, uid);
}
