namespace CxrCluster.Dicom.Reports;

/// <summary>A result to report.</summary>
public sealed record ScoredImage
{
    /// <summary>The hospital's id.</summary>
    public required string Hospital { get; init; }

    /// <summary>Content hash of the image's file, hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Probability of COVID-19, 0 to 1.</summary>
    public required double Probability { get; init; }

    /// <summary>The model's operating point, 0 to 1: positive at or above it.</summary>
    public required double Threshold { get; init; }

    /// <summary>Name of the model.</summary>
    public required string ModelName { get; init; }

    /// <summary>Version of the model: the hash of its content.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>When it was recorded; dates and times of the report are this one, so that writing it again gives equal bytes.</summary>
    public required DateTimeOffset ScoredAt { get; init; }

    /// <summary>Whether the probability reaches the threshold.</summary>
    public bool IsPositive => Probability >= Threshold;

    /// <summary>The sentence that stands in every report.</summary>
    internal const string Caveat =
        "Not for diagnosis: the number of a network for research. A radiologist reads the picture; a PCR test answers whether there is an infection.";

    /// <summary>A UID of this result: the same whenever and wherever it is reported.</summary>
    internal string Uid(SourceImage image, string what) =>
        ReportUid.Of("CxrCluster", what, Hospital, image.SopInstance, Sha256, ModelName, ModelVersion);
}
