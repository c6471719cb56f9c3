namespace CxrCluster.Contracts.Scoring;

/// <summary>The closed set of reason codes.</summary>
public static class ReasonCodes
{
    /// <summary>Excluded: the manifest or the header says it is a lateral view.</summary>
    public const string LateralView = "lateral-view";

    /// <summary>Excluded: sharp-edged rectangles cover parts of the picture.</summary>
    public const string RectangularArtifact = "rectangular-artifact";

    /// <summary>Excluded: the header names another view than a frontal one, such as an oblique.</summary>
    public const string NotFrontal = "not-frontal";

    /// <summary>Excluded: the cluster has written it itself, such as a heat map that came back from a PACS.</summary>
    public const string OwnOutput = "own-output";

    /// <summary>Excluded: the header names a modality that is no projection radiography.</summary>
    public const string WrongModality = "wrong-modality";

    /// <summary>Excluded: the header names another part of the body than the chest.</summary>
    public const string WrongBodyPart = "wrong-body-part";

    /// <summary>Excluded: the header says that it is a localizer, a screenshot or data for processing.</summary>
    public const string WrongImageType = "wrong-image-type";

    /// <summary>Excluded: a DICOM object without pixels, such as a report.</summary>
    public const string NoPixels = "no-pixels";

    /// <summary>Excluded: several frames, where the configuration refuses them.</summary>
    public const string MultiFrame = "multi-frame";

    /// <summary>Failed: the pixels need a decoder that is not installed on the node.</summary>
    public const string NoDecoder = "no-decoder";

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

    /// <summary>Failed: the PACS answers the request for it with an error, or with something else.</summary>
    public const string PacsError = "pacs-error";

    /// <summary>Failed: it is larger than is taken from a PACS.</summary>
    public const string TooLarge = "too-large";
}
