using CxrCluster.Dicom.Reports;
using CxrCluster.Imaging.Cohorts;

namespace CxrCluster.Dicom;

/// <summary>
/// Whether a header lets a file be a frontal chest X-ray. Only what a header says counts against an image: where it is silent
/// the pixels decide.
/// </summary>
public sealed class DicomEligibility(DicomOptions options)
{
    private static readonly string[] ChestWords = ["CHEST", "THORAX", "TORAX", "TÓRAX", "LUNG", "RIB"];
    private static readonly string[] ChestRegions = ["THORACIC", "PULMONARY"];
    private static readonly string[] ForeignImageTypes = ["LOCALIZER", "SCREEN SAVE", "SCREENSHOT", "ERROR"];
    private static readonly HashSet<string> Obliques = new(StringComparer.OrdinalIgnoreCase)
    {
        "RLO",
        "LLO",
        "RAO",
        "LAO",
        "RPO",
        "LPO",
    };

    /// <summary>Why the file is no frontal chest X-ray; null when nothing in the header says so.</summary>
    public DicomExclusion? Judge(DicomHeader header)
    {
        if (OwnOutput.Is(header.Manufacturer))
        {
            return new(DicomExclusionKind.OwnOutput, "it is a result of this cluster, not an image of a patient");
        }

        if (!header.HasPixels)
        {
            return new(DicomExclusionKind.NoPixels, "it has no pixels: it is a report or another document");
        }

        if (
            header.Modality.Length > 0
            && !options.EffectiveModalities.Contains(header.Modality, StringComparer.OrdinalIgnoreCase)
        )
        {
            return new(
                DicomExclusionKind.Modality,
                $"its modality is '{header.Modality}', not {string.Join(" or ", options.EffectiveModalities)}"
            );
        }

        if (
            header.ImageType.FirstOrDefault(t => ForeignImageTypes.Contains(t, StringComparer.OrdinalIgnoreCase)) is
            { } type
        )
        {
            return new(DicomExclusionKind.ImageType, $"its image type is '{type}'");
        }

        if (header.PresentationIntent == "FOR PROCESSING")
        {
            return new(
                DicomExclusionKind.ImageType,
                "it holds raw detector data, for processing and not for presentation"
            );
        }

        if (header.BodyPart.Length > 0 && !IsChest(header.BodyPart))
        {
            return new(DicomExclusionKind.BodyPart, $"its body part is '{header.BodyPart}', not the chest");
        }

        if (Views.IsLateral(header.View) || HasWord(header.View, "LATERAL"))
        {
            return new(DicomExclusionKind.LateralView, $"its view is '{header.View}'");
        }

        return Obliques.Contains(header.View) || HasWord(header.View, "OBLIQUE")
            ? new(DicomExclusionKind.OtherView, $"its view is '{header.View}', neither AP nor PA")
            : null;
    }

    private static bool IsChest(string bodyPart) =>
        ChestWords.Concat(ChestRegions).Any(word => HasWord(bodyPart, word));

    private static bool HasWord(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);
}
