namespace CxrCluster.Similarity.Shards;

/// <summary>What a shard's files say they hold; files of another shard are refused.</summary>
/// <param name="Name">Hospital, model version and part: "haemek/cxr@3f.../0".</param>
/// <param name="Dimension">Length of its vectors.</param>
public sealed record ShardIdentity(string Name, int Dimension);
