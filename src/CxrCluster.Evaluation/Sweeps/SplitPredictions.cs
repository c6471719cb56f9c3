namespace CxrCluster.Evaluation.Sweeps;

/// <summary>What one network, trained on one split, says of that split's held-out images.</summary>
/// <param name="Model">Name of the network, such as "resnet50".</param>
/// <param name="Split">From 0.</param>
/// <param name="HeldOut">In any order; at least one. Every network of a split has the same images.</param>
public sealed record SplitPredictions(string Model, int Split, IReadOnlyList<Prediction> HeldOut);
