namespace CxrCluster.Similarity.Shards;

/// <summary>A case with its embedding.</summary>
/// <param name="Case">What may be asked about it and shown of it.</param>
/// <param name="Vector">The embedding.</param>
#pragma warning disable CA1819 // goes to spans and over the wire as an array
public sealed record ShardEntry(ShardCase Case, float[] Vector);
#pragma warning restore CA1819
