using System.Globalization;

namespace CxrCluster.Evaluation.Cohorts;

/// <summary>What a manifest says of an image besides its label.</summary>
/// <param name="Image">File name, as in the manifest.</param>
/// <param name="Hospital">Hospital, as in the manifest.</param>
/// <param name="PatientId">Patient within the hospital.</param>
/// <param name="Label">Truth: 1 positive, 0 negative.</param>
public sealed record ImageFacts(string Image, string Hospital, string PatientId, int Label)
{
    /// <summary>Projection, such as AP; null if not given.</summary>
    public string? View { get; init; }

    /// <summary>As given; null if not given.</summary>
    public string? Sex { get; init; }

    /// <summary>As given, such as "63" or DICOM's "063Y"; null if not given.</summary>
    public string? Age { get; init; }

    /// <summary>Where the image was published, or its device; null if not given.</summary>
    public string? Source { get; init; }

    /// <summary>Radiologists marked it as hard.</summary>
    public bool Hard { get; init; }

    /// <summary>The age in years; null if not given or not a number between 0 and 130. Months, weeks and days are understood.</summary>
    public double? Years
    {
        get
        {
            string text = Age?.Trim() ?? "";
            double perYear = text is [.., var unit]
                ? char.ToUpperInvariant(unit) switch
                {
                    'Y' => 1,
                    'M' => 12,
                    'W' => 365.25 / 7,
                    'D' => 365.25,
                    _ => 0,
                }
                : 0;
            string number = perYear > 0 ? text[..^1] : text;
            return
                double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                && value / Math.Max(1, perYear) is >= 0 and <= 130 and var years
                ? years
                : null;
        }
    }
}
