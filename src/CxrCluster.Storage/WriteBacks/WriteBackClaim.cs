using CxrCluster.Storage.Scores;

namespace CxrCluster.Storage.WriteBacks;

/// <summary>A report that its holder alone may send until the claim runs out.</summary>
/// <param name="Result">The result and its image's ledger row.</param>
/// <param name="Attempts">Attempts before this one.</param>
/// <param name="Lease">The fence: who claims later has a higher one.</param>
public sealed record WriteBackClaim(ScoredInstance Result, int Attempts, long Lease);
