namespace CxrCluster.Contracts.Scoring;

/// <summary>What the pipeline found out about one image with one model.</summary>
[GenerateSerializer, Immutable, Alias("image-score")]
public sealed record ImageScore
{
    /// <summary>The final state.</summary>
    [Id(0)]
    public required ImageOutcome Outcome { get; init; }

    /// <summary>Why it was excluded or failed; null when scored.</summary>
    [Id(1)]
    public Reason? Reason { get; init; }

    /// <summary>Probability of COVID-19, 0 to 1; null unless scored.</summary>
    [Id(2)]
    public double? Probability { get; init; }

    /// <summary>The model's operating point: positive at or above it.</summary>
    [Id(3)]
    public double? Threshold { get; init; }

    /// <summary>Share of the network's input that the U-net takes for lung, 0 to 1.</summary>
    [Id(4)]
    public double? LungFraction { get; init; }

    /// <summary>The vector before the classifier's last layer; null unless scored.</summary>
    [Id(5)]
    public float[]? Embedding { get; init; }

    /// <summary>From taking up the image to the result, queues included.</summary>
    [Id(6)]
    public double Milliseconds { get; init; }

    /// <summary>1 at or above the operating point, 0 below it, null unless scored.</summary>
    public int? Label => Probability is { } p && Threshold is { } t ? (p >= t ? 1 : 0) : null;

    /// <summary>An image that the method does not apply to.</summary>
    public static ImageScore Excluded(Reason reason, double milliseconds) =>
        new()
        {
            Outcome = ImageOutcome.Excluded,
            Reason = reason,
            Milliseconds = milliseconds,
        };

    /// <summary>An image that could not be scored.</summary>
    public static ImageScore Failed(Reason reason, double milliseconds) =>
        new()
        {
            Outcome = ImageOutcome.Failed,
            Reason = reason,
            Milliseconds = milliseconds,
        };
}
