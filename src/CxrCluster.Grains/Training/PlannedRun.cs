using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Training;

namespace CxrCluster.Grains.Training;

/// <summary>A run as the planner sees it.</summary>
/// <param name="Remaining">Seconds of work that are left of it.</param>
/// <param name="Unit">Seconds of one epoch: a slot is leased for one.</param>
/// <param name="Underway">Whether a slot has it now.</param>
/// <param name="WarmOn">The slot whose memory still holds it; null when it must be read from its checkpoint.</param>
public sealed record PlannedRun(RunKey Key, double Remaining, double Unit, bool Underway, SlotId? WarmOn);
