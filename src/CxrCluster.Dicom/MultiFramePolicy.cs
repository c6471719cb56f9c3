namespace CxrCluster.Dicom;

/// <summary>What is done with an image of several frames.</summary>
public enum MultiFramePolicy
{
    /// <summary>The first frame is read.</summary>
    FirstFrame,

    /// <summary>The image is refused.</summary>
    Refuse,
}
