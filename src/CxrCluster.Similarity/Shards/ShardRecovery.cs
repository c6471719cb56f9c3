namespace CxrCluster.Similarity.Shards;

/// <summary>What a shard found when it was opened.</summary>
/// <param name="FromSnapshot">Entries read from the snapshot.</param>
/// <param name="FromLog">Changes read from the log.</param>
/// <param name="BytesCut">Bytes at the log's end that held no whole record: an append that was never acknowledged.</param>
/// <param name="Problems">Files that could not be used, a sentence each: the catalogue has to fill the shard again.</param>
public sealed record ShardRecovery(int FromSnapshot, int FromLog, long BytesCut, IReadOnlyList<string> Problems);
