namespace CxrCluster.Contracts.Scoring;

/// <summary>Who goes first where images queue. Lower values go first.</summary>
public enum ScoringPriority
{
    /// <summary>A study marked urgent by a person.</summary>
    Urgent,

    /// <summary>Somebody waits for the answer.</summary>
    Interactive,

    /// <summary>A bulk job.</summary>
    Bulk,
}
