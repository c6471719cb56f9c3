using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Training;

namespace CxrCluster.Storage.Sweeps;

/// <summary>A run as its coordinator sees it.</summary>
/// <param name="Lease">Counts the slots that the run was leased to.</param>
/// <param name="EpochsDone">What the checkpoint holds.</param>
/// <param name="Checkpoint">Its key in the blob store; null before the first epoch.</param>
/// <param name="Failures">Leases that ended without an epoch since the last that ended with one.</param>
/// <param name="LastSlot">The slot that may still have it in memory; null when none has.</param>
public sealed record SweepRun(
    RunKey Key,
    RunState State,
    long Lease,
    int EpochsDone,
    string? Checkpoint,
    int Failures,
    SlotId? LastSlot = null
);
