using CxrCluster.Contracts.Training;

namespace CxrCluster.Gateway.Sweeps;

/// <summary>One network of a sweep: its runs by state and its epochs.</summary>
public sealed record SweepNetwork(
    string Architecture,
    int Pending,
    int Running,
    int Done,
    int Failed,
    int Epochs,
    int EpochsDone
)
{
    internal static SweepNetwork From(string architecture, SweepProgress sweep)
    {
        SweepProgress own = sweep with { Runs = [.. sweep.Runs.Where(r => r.Key.Architecture == architecture)] };
        return new SweepNetwork(
            architecture,
            own.Count(RunState.Pending),
            own.Count(RunState.Running),
            own.Count(RunState.Done),
            own.Count(RunState.Failed),
            own.Epochs,
            own.EpochsDone
        );
    }
}
