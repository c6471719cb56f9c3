using CxrCluster.Contracts.Identity;

namespace CxrCluster.Contracts.Training;

/// <summary>One run at one moment.</summary>
/// <param name="Slot">The slot that trains it; null unless Running.</param>
/// <param name="EpochsDone">Epochs that are behind it for good.</param>
/// <param name="Step">Steps done of the epoch under way.</param>
/// <param name="Steps">Steps of an epoch; 0 before the first.</param>
/// <param name="History">A point per epoch done.</param>
/// <param name="Reason">Why it failed, or what made it start again; null when nothing did.</param>
public sealed record RunProgress(
    RunKey Key,
    RunState State,
    SlotId? Slot,
    int EpochsDone,
    int Step,
    int Steps,
    IReadOnlyList<EpochPoint> History,
    string? Reason
);
