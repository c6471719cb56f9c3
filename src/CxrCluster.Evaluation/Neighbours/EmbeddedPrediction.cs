namespace CxrCluster.Evaluation.Neighbours;

/// <summary>A scored image with its embedding.</summary>
/// <param name="Embedding">Finite components, the same number for every image of an evaluation.</param>
public sealed record EmbeddedPrediction(Prediction Prediction, float[] Embedding);
