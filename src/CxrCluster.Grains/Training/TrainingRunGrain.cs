using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Training;
using CxrCluster.Grains.Placement;
using Orleans.Concurrency;
using Orleans.Placement;

namespace CxrCluster.Grains.Training;

/// <summary>The address of a slot's <see cref="SlotTrainer"/>.</summary>
[NodePinned, Immovable, KeepAlive, Reentrant, GrainType("training-run")]
public sealed class TrainingRunGrain(SlotTrainers trainers) : Grain, ITrainingRunGrain
{
    private SlotTrainer _trainer = null!;

    /// <inheritdoc />
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _trainer = trainers.Get(SlotId.Parse(this.GetPrimaryKeyString()).Ordinal);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task Start(TrainingUnit unit)
    {
        _trainer.Start(unit);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<TrainingReport> Watch(TrainingUnitId unit, CancellationToken cancellationToken) =>
        _trainer.WatchAsync(unit, cancellationToken);

    /// <inheritdoc />
    public Task Stop(TrainingUnitId unit)
    {
        _trainer.Stop(unit);
        return Task.CompletedTask;
    }
}
