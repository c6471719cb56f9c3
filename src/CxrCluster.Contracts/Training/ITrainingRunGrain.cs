namespace CxrCluster.Contracts.Training;

/// <summary>Trains on one device slot, on the slot's own thread. Key: "node/ordinal"; pinned to that node, kept alive.</summary>
[Alias("training-run")]
public interface ITrainingRunGrain : IGrainWithStringKey
{
    /// <summary>Begins an epoch of a run in place of what the slot trains now. Returns at once.</summary>
    /// <exception cref="Faults.WorkerUnavailableException">The node has no such slot.</exception>
    [Alias("start")]
    Task Start(TrainingUnit unit);

    /// <summary>How the epoch goes: returns when it has ended, or after about two seconds. Somebody must ask at least every
    /// half minute: an epoch that nobody wants is given up.</summary>
    /// <exception cref="Faults.WorkerUnavailableException">The slot trains something else, or stops.</exception>
    [Alias("watch")]
    Task<TrainingReport> Watch(TrainingUnitId unit, CancellationToken cancellationToken);

    /// <summary>Gives the epoch up; no effect when the slot trains something else.</summary>
    [Alias("stop")]
    Task Stop(TrainingUnitId unit);
}
