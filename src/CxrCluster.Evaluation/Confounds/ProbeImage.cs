namespace CxrCluster.Evaluation.Confounds;

/// <summary>An image as the probe sees it.</summary>
/// <param name="Source">Where it was published or which device made it, as in the manifest; null if unknown.</param>
/// <param name="Embedding">The classifier's; null where there is none.</param>
/// <param name="Border">See <see cref="BorderFeatures"/>; null where there is no picture.</param>
public sealed record ProbeImage(Prediction Prediction, string? Source, float[]? Embedding, double[]? Border);
