namespace CxrCluster.Dicom;

/// <summary>A sound file that is no frontal chest X-ray. The message is a sentence with file, cause and remedy.</summary>
public sealed class IneligibleImageException : Exception
{
    /// <summary>With the finding.</summary>
    public IneligibleImageException(string name, DicomExclusion exclusion)
        : base(
            $"{name} is no frontal chest X-ray: {exclusion.Cause}. Score the AP or PA image of the study; if the header is wrong, correct it at its source."
        ) => Exclusion = exclusion;

    /// <summary>What was found.</summary>
    public DicomExclusion Exclusion { get; }
}
