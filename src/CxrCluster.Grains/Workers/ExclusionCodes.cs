using CxrCluster.Contracts.Scoring;
using CxrCluster.Dicom;

namespace CxrCluster.Grains.Workers;

/// <summary>Reason codes of what a DICOM header excludes.</summary>
internal static class ExclusionCodes
{
    public static string Of(DicomExclusionKind kind) =>
        kind switch
        {
            DicomExclusionKind.OwnOutput => ReasonCodes.OwnOutput,
            DicomExclusionKind.NoPixels => ReasonCodes.NoPixels,
            DicomExclusionKind.Modality => ReasonCodes.WrongModality,
            DicomExclusionKind.ImageType => ReasonCodes.WrongImageType,
            DicomExclusionKind.BodyPart => ReasonCodes.WrongBodyPart,
            DicomExclusionKind.LateralView => ReasonCodes.LateralView,
            DicomExclusionKind.OtherView => ReasonCodes.NotFrontal,
            DicomExclusionKind.MultiFrame => ReasonCodes.MultiFrame,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This exclusion has no reason code."),
        };
}
