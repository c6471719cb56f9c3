namespace CxrCluster.Contracts.Scoring;

/// <summary>Why an image was excluded or failed.</summary>
/// <param name="Code">One of <see cref="ReasonCodes"/>: countable, a label of metrics.</param>
/// <param name="Text">A sentence for people: the cause and what to do. Names no patient.</param>
[GenerateSerializer, Immutable, Alias("reason")]
public sealed record Reason([property: Id(0)] string Code, [property: Id(1)] string Text);
