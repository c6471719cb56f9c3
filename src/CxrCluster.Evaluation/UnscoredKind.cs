namespace CxrCluster.Evaluation;

/// <summary>Why an image got no score.</summary>
public enum UnscoredKind
{
    /// <summary>Not eligible: a lateral view, a rectangular artifact.</summary>
    Excluded,

    /// <summary>Could not be read or scored.</summary>
    Failed,
}
