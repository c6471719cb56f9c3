namespace CxrCluster.Contracts.Scoring;

/// <summary>The final state of an image under one model.</summary>
public enum ImageOutcome
{
    /// <summary>It has a probability and an embedding.</summary>
    Scored,

    /// <summary>The method does not apply to it (lateral view, rectangular artifact); the reason says why.</summary>
    Excluded,

    /// <summary>It could not be scored; the reason says what to do. May be tried again.</summary>
    Failed,
}
