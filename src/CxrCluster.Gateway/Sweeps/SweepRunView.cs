using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Training;

namespace CxrCluster.Gateway.Sweeps;

/// <summary>One run of a sweep, as the API shows it.</summary>
/// <param name="Slot">The slot that trains it; null unless running.</param>
/// <param name="Step">Steps done of the epoch under way.</param>
/// <param name="Steps">Steps of an epoch; 0 before the first.</param>
/// <param name="Losses">Mean training loss per epoch; null where it was no number.</param>
/// <param name="ValidationAucs">ROC AUC on validation patients per epoch; null without them.</param>
/// <param name="Reason">Why it failed, or what made it start again.</param>
public sealed record SweepRunView(
    string Architecture,
    int Split,
    RunState State,
    SlotId? Slot,
    int EpochsDone,
    int Step,
    int Steps,
    IReadOnlyList<double?> Losses,
    IReadOnlyList<double?> ValidationAucs,
    string? Reason
)
{
    internal static SweepRunView From(RunProgress run) =>
        new(
            run.Key.Architecture,
            run.Key.Split,
            run.State,
            run.Slot,
            run.EpochsDone,
            run.Step,
            run.Steps,
            [.. run.History.Select(e => double.IsFinite(e.Loss) ? e.Loss : (double?)null)],
            [.. run.History.Select(e => e.ValidationAuc)],
            run.Reason
        );
}
