namespace CxrCluster.Contracts.Training;

/// <summary>One epoch of one run, to be trained on a slot.</summary>
/// <param name="EpochsDone">Where the run stands: what the checkpoint holds.</param>
/// <param name="Checkpoint">Key of the checkpoint in the blob store; null before the first epoch.</param>
[GenerateSerializer, Immutable, Alias("training-unit")]
public sealed record TrainingUnit(
    [property: Id(0)] TrainingUnitId Id,
    [property: Id(1)] SweepSpec Spec,
    [property: Id(2)] int EpochsDone,
    [property: Id(3)] string? Checkpoint
);
