using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;

namespace CxrCluster.Storage.Pacs;

/// <summary>An instance as a query listed it.</summary>
/// <param name="Exclusion">Why it need not even be fetched; null when it is to be.</param>
public sealed record InstanceSighting(SopInstanceUid Uid, string SeriesUid, Reason? Exclusion = null);
