using CxrCluster.Contracts.Identity;

namespace CxrCluster.Contracts.Training;

/// <summary>One lease of a slot to a run.</summary>
/// <param name="Lease">Counts the leases of the run, so that a late slot cannot pass for its successor.</param>
[GenerateSerializer, Immutable, Alias("training-unit-id")]
public sealed record TrainingUnitId(
    [property: Id(0)] SweepId Sweep,
    [property: Id(1)] RunKey Run,
    [property: Id(2)] long Lease
);
