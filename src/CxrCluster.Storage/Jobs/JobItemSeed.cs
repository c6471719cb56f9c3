using CxrCluster.Contracts.Identity;

namespace CxrCluster.Storage.Jobs;

/// <summary>An item of a job to be created.</summary>
public sealed record JobItemSeed(long Ordinal, InstanceId Instance);
