using CxrCluster.Imaging;

namespace CxrCluster.Learning.Inference;

/// <summary>What the networks say about one image.</summary>
/// <param name="Probability">Of COVID-19, [0, 1].</param>
/// <param name="LungFraction">Share of the square whose lung probability is at least 0.5, [0, 1].</param>
/// <param name="Embedding">The vector before the classifier's last layer.</param>
/// <param name="LungMap">Lung probability times 255 at the classifier's side, when asked for.</param>
/// <param name="HeatMap">Where the evidence for COVID-19 lies, scaled as <see cref="GradCam" /> says, when asked for.</param>
#pragma warning disable CA1819, MA0049 // An embedding goes to spans and over the wire as an array; the field says "inference".
public sealed record Inference(
    double Probability,
    double LungFraction,
    float[] Embedding,
    SquareImage? LungMap = null,
    SquareImage? HeatMap = null
);
#pragma warning restore CA1819, MA0049
