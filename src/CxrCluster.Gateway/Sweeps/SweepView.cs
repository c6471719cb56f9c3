using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Training;

namespace CxrCluster.Gateway.Sweeps;

/// <summary>A sweep at one moment, as the API shows it.</summary>
/// <param name="Epochs">Epochs over all runs.</param>
/// <param name="EpochsDone">Of which are done; those of failed runs count as done.</param>
/// <param name="Networks">Runs and epochs per network.</param>
/// <param name="Runs">Every run; null in lists.</param>
public sealed record SweepView(
    SweepId Id,
    SweepState State,
    DateTimeOffset CreatedAt,
    int Splits,
    int Bootstraps,
    int Seed,
    int Epochs,
    int EpochsDone,
    IReadOnlyList<SweepNetwork> Networks,
    IReadOnlyList<SweepRunView>? Runs
)
{
    /// <summary>From the rows.</summary>
    public static SweepView From(SweepProgress sweep, bool withRuns = true) =>
        new(
            sweep.Sweep,
            sweep.State,
            sweep.CreatedAt,
            sweep.Spec.Splits,
            sweep.Spec.Bootstraps,
            sweep.Spec.Seed,
            sweep.Epochs,
            sweep.EpochsDone,
            [.. sweep.Spec.Architectures.Select(a => SweepNetwork.From(a, sweep))],
            withRuns ? [.. sweep.Runs.Select(SweepRunView.From)] : null
        );
}
