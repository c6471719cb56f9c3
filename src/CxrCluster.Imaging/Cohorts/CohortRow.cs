namespace CxrCluster.Imaging.Cohorts;

/// <summary>One image of a cohort: a line of its manifest.</summary>
public sealed record CohortRow
{
    /// <summary>File name, relative to the images folder.</summary>
    public required string Image { get; init; }

    /// <summary>The hospital that made the image.</summary>
    public required string Hospital { get; init; }

    /// <summary>The patient, unique within the hospital.</summary>
    public required string PatientId { get; init; }

    /// <summary>1 = COVID-19, 0 = not.</summary>
    public required int Label { get; init; }

    /// <summary>Free-text finding; null when the manifest has none.</summary>
    public string? Finding { get; init; }

    /// <summary>Projection such as PA, AP, AP Supine or L; see <see cref="Views"/>.</summary>
    public string? View { get; init; }

    /// <summary>Patient's sex as given.</summary>
    public string? Sex { get; init; }

    /// <summary>Patient's age as given.</summary>
    public string? Age { get; init; }

    /// <summary>Where the image was published.</summary>
    public string? Source { get; init; }

    /// <summary>Licence of the image.</summary>
    public string? Licence { get; init; }

    /// <summary>The manifest's other columns by header, kept when the rows are written again.</summary>
    public IReadOnlyDictionary<string, string> Other { get; init; } =
        System.Collections.ObjectModel.ReadOnlyDictionary<string, string>.Empty;
}
