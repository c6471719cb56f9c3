using CxrCluster.Imaging.Cohorts;

namespace CxrCluster.Learning.Training;

/// <summary>What a trained classifier says about an image it has not seen.</summary>
/// <param name="Row">The image.</param>
/// <param name="Probability">Of COVID-19, [0, 1].</param>
/// <param name="Embedding">The vector before the network's last layer.</param>
public sealed record HeldOutPrediction(CohortRow Row, double Probability, IReadOnlyList<float> Embedding);
