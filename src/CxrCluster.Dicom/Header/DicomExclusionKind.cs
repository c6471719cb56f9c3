namespace CxrCluster.Dicom;

/// <summary>The kinds of reasons, found in a header, for which an image is outside the method.</summary>
public enum DicomExclusionKind
{
    /// <summary>A report, a presentation state or another object without pixels.</summary>
    NoPixels,

    /// <summary>Something that the cluster has written itself.</summary>
    OwnOutput,

    /// <summary>No projection radiograph.</summary>
    Modality,

    /// <summary>A localizer, a screenshot, or data meant for further processing.</summary>
    ImageType,

    /// <summary>Another part of the body.</summary>
    BodyPart,

    /// <summary>A lateral view.</summary>
    LateralView,

    /// <summary>An oblique or other view that is not frontal.</summary>
    OtherView,

    /// <summary>Several frames, where the policy is to refuse them.</summary>
    MultiFrame,
}
