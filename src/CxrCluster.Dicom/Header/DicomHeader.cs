namespace CxrCluster.Dicom;

/// <summary>What a DICOM file says about itself. Identifies a patient: it belongs in no log and no metric.</summary>
public sealed record DicomHeader
{
    /// <summary>Transfer syntax UID.</summary>
    public required string TransferSyntax { get; init; }

    /// <summary>SOP class UID; "" when absent.</summary>
    public string SopClassUid { get; init; } = "";

    /// <summary>SOP instance UID; "" when absent.</summary>
    public string SopInstanceUid { get; init; } = "";

    /// <summary>Series instance UID; "" when absent.</summary>
    public string SeriesInstanceUid { get; init; } = "";

    /// <summary>Study instance UID; "" when absent.</summary>
    public string StudyInstanceUid { get; init; } = "";

    /// <summary>Patient id within its hospital; "" when absent.</summary>
    public string PatientId { get; init; } = "";

    /// <summary>CR, DX, ...; "" when absent.</summary>
    public string Modality { get; init; } = "";

    /// <summary>Manufacturer of the equipment that made it; "" when absent.</summary>
    public string Manufacturer { get; init; } = "";

    /// <summary>Body part examined, or the meaning of the anatomic region's code; "" when absent.</summary>
    public string BodyPart { get; init; } = "";

    /// <summary>View position (AP, PA, LL, ...), or the meaning of the view code; "" when absent.</summary>
    public string View { get; init; } = "";

    /// <summary>Values of Image Type.</summary>
    public IReadOnlyList<string> ImageType { get; init; } = [];

    /// <summary>"FOR PRESENTATION", "FOR PROCESSING" or "".</summary>
    public string PresentationIntent { get; init; } = "";

    /// <summary>Whether the sender says that text is burned into the pixels; null when it says nothing.</summary>
    public bool? BurnedInAnnotation { get; init; }

    /// <summary>Whether it has pixels at all.</summary>
    public bool HasPixels { get; init; }

    /// <summary>MONOCHROME1, MONOCHROME2, RGB, ...; "" when absent.</summary>
    public string Photometric { get; init; } = "";

    /// <summary>Frames; 1 when the header does not say.</summary>
    public int Frames { get; init; } = 1;
}
