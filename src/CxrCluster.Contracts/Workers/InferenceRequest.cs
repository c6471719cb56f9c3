using CxrCluster.Contracts.Identity;
using CxrCluster.Contracts.Scoring;

namespace CxrCluster.Contracts.Workers;

/// <summary>One preprocessed image for one model.</summary>
/// <param name="Pixels">8-bit gray, row-major, Side x Side. Bytes, never tensors or floats, cross the wire.</param>
/// <param name="WantLungMap">Also return the U-net's map, for a picture.</param>
/// <param name="WantHeatMap">Also return where the evidence lies, for a picture.</param>
[GenerateSerializer, Immutable, Alias("inference-request")]
public sealed record InferenceRequest(
    [property: Id(0)] ModelId Model,
    [property: Id(1)] int Side,
    [property: Id(2)] byte[] Pixels,
    [property: Id(3)] ScoringPriority Priority,
    [property: Id(4)] bool WantLungMap = false,
    [property: Id(5)] bool WantHeatMap = false
);
