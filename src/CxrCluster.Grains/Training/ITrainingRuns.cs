using CxrCluster.Contracts.Training;

namespace CxrCluster.Grains.Training;

/// <summary>Makes runs. The one seam between coordination and learning.</summary>
public interface ITrainingRuns
{
    /// <summary>Brings what the sweep's runs need to this node: the cohort, the initial weights.</summary>
    Task PrepareAsync(SweepSpec spec, CancellationToken cancellationToken);

    /// <summary>Opens a run at its checkpoint, on the slot's thread.</summary>
    /// <param name="spec">Prepared before.</param>
    /// <param name="run">Which run.</param>
    /// <param name="device">"cpu" or "cuda:N".</param>
    /// <param name="checkpoints">Where it reads from and writes to.</param>
    /// <exception cref="HopelessRunException">It can never be trained; the message says why.</exception>
    ITrainingRun Open(SweepSpec spec, RunKey run, string device, UnitCheckpoints checkpoints);
}
