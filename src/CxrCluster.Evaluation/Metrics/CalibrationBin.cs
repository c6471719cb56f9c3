namespace CxrCluster.Evaluation.Metrics;

/// <summary>The images whose probability lies in one bin of a calibration curve.</summary>
/// <param name="Images">At least one.</param>
/// <param name="MeanProbability">What the model says on average.</param>
/// <param name="PositiveShare">What is true.</param>
public sealed record CalibrationBin(int Images, double MeanProbability, double PositiveShare);
