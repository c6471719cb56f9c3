namespace CxrCluster.Contracts.Workers;

/// <summary>The networks' answer for one image.</summary>
/// <param name="Probability">Of COVID-19, 0 to 1.</param>
/// <param name="Threshold">The bundle's operating point.</param>
/// <param name="LungFraction">Share of pixels whose lung probability is at least 0.5.</param>
/// <param name="Embedding">The vector before the last layer.</param>
/// <param name="LungMap">8-bit lung probability, Side x Side; null unless asked for.</param>
/// <param name="HeatMap">8-bit heat, Side x Side, 255 where the evidence for COVID-19 is strongest; null unless asked for.</param>
[GenerateSerializer, Immutable, Alias("inference-reply")]
public sealed record InferenceReply(
    [property: Id(0)] double Probability,
    [property: Id(1)] double Threshold,
    [property: Id(2)] double LungFraction,
    [property: Id(3)] float[] Embedding,
    [property: Id(4)] byte[]? LungMap = null,
    [property: Id(5)] byte[]? HeatMap = null
);
