namespace CxrCluster.Learning.Bundles;

/// <summary>A threshold with what it gave on held-out patients.</summary>
/// <param name="Name">What it is for: "default", "high-sensitivity".</param>
/// <param name="Threshold">Probability from which an image counts as positive, [0, 1].</param>
/// <param name="Sensitivity">Share of positives found, [0, 1].</param>
/// <param name="Specificity">Share of negatives left alone, [0, 1].</param>
public sealed record OperatingPoint(string Name, double Threshold, double Sensitivity, double Specificity);
