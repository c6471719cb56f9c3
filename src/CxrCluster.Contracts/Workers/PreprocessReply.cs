using CxrCluster.Contracts.Scoring;

namespace CxrCluster.Contracts.Workers;

/// <summary>Either the square image or the reason why there is none.</summary>
[GenerateSerializer, Immutable, Alias("preprocess-reply")]
public sealed record PreprocessReply
{
    /// <summary>Null when the image is ready; Excluded or Failed otherwise.</summary>
    [Id(0)]
    public ImageOutcome? Refusal { get; init; }

    /// <summary>Why it was refused.</summary>
    [Id(1)]
    public Reason? Reason { get; init; }

    /// <summary>Side of the square, pixels.</summary>
    [Id(2)]
    public int Side { get; init; }

    /// <summary>8-bit gray, row-major, Side x Side; empty when refused.</summary>
    [Id(3)]
    public byte[] Pixels { get; init; } = [];
}
