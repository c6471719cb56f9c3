namespace CxrCluster.Contracts.Training;

/// <summary>One point of a run's curves.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Loss">Mean training loss of the epoch.</param>
/// <param name="ValidationAuc">ROC AUC on the validation patients; null without them.</param>
[GenerateSerializer, Immutable, Alias("epoch-point")]
public sealed record EpochPoint(
    [property: Id(0)] int Epoch,
    [property: Id(1)] double Loss,
    [property: Id(2)] double? ValidationAuc
);
