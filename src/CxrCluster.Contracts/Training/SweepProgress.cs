using CxrCluster.Contracts.Identity;

namespace CxrCluster.Contracts.Training;

/// <summary>A sweep at one moment.</summary>
public sealed record SweepProgress(
    SweepId Sweep,
    SweepState State,
    SweepSpec Spec,
    DateTimeOffset CreatedAt,
    IReadOnlyList<RunProgress> Runs
)
{
    /// <summary>Runs of a state.</summary>
    public int Count(RunState state) => Runs.Count(r => r.State == state);

    /// <summary>Epochs over all runs that are done for good; those of failed runs count as done, for nobody waits for them.</summary>
    public int EpochsDone => Runs.Sum(r => r.State is RunState.Done or RunState.Failed ? Spec.Epochs : r.EpochsDone);

    /// <summary>Epochs over all runs.</summary>
    public int Epochs => Runs.Count * Spec.Epochs;
}
