namespace CxrCluster.Contracts.Scoring;

/// <summary>The closed set of reason codes.</summary>
public static class ReasonCodes
{
    /// <summary>Excluded: the manifest or the header says it is a lateral view.</summary>
    public const string LateralView = "lateral-view";

    /// <summary>Excluded: sharp-edged rectangles cover parts of the picture.</summary>
    public const string RectangularArtifact = "rectangular-artifact";

    /// <summary>Failed: the bytes are no picture that can be read.</summary>
    public const string Unreadable = "unreadable";

    /// <summary>Failed: the file is not there or may not be opened.</summary>
    public const string Missing = "missing";

    /// <summary>Failed: no worker could do it in the time and attempts allowed.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>Failed: the network gave no finite number.</summary>
    public const string InvalidOutput = "invalid-output";

    /// <summary>Failed: an error in the program, which the node's log has. The image alone fails, not its job.</summary>
    public const string Defect = "defect";
}
