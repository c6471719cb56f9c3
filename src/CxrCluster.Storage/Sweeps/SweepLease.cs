using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Training;

namespace CxrCluster.Storage.Sweeps;

/// <summary>A sweep as its coordinator takes it over.</summary>
/// <param name="Epoch">The fence: writes with an older epoch are refused.</param>
public sealed record SweepLease(SweepId Sweep, SweepSpec Spec, long Epoch);
