namespace CxrCluster.Synthesis.Plan;

/// <summary>A hospital's X-ray machine and its habits: what makes one site's pictures look unlike another's.</summary>
internal sealed record Machine
{
    /// <summary>The hospital.</summary>
    public required string Hospital { get; init; }

    /// <summary>Width / height of the detector.</summary>
    public required float Aspect { get; init; }

    /// <summary>Long side as a share of the cohort's side.</summary>
    public required float RelativeSide { get; init; }

    /// <summary>Brightness added to the display, in shares of its range.</summary>
    public required float Brightness { get; init; }

    /// <summary>Display exponent.</summary>
    public required float Gamma { get; init; }

    /// <summary>Width of the attenuation window; a narrower one has more contrast.</summary>
    public required float Window { get; init; }

    /// <summary>Quantum noise of full exposure.</summary>
    public required float Noise { get; init; }

    /// <summary>Scattered share of the radiation.</summary>
    public required float Scatter { get; init; }

    /// <summary>Detector blur in pixels at side 512.</summary>
    public required float Blur { get; init; }

    /// <summary>Strength of the manufacturer's edge enhancement.</summary>
    public required float Sharpening { get; init; }

    /// <summary>Chance of black borders around the exposed field.</summary>
    public required float BorderChance { get; init; }

    /// <summary>Bits of its PNG files: 8 or 16.</summary>
    public required int PngBits { get; init; }

    /// <summary>Bits stored in its DICOM files, 12 to 16.</summary>
    public required int DicomBits { get; init; }

    /// <summary>Whether its DICOM files store white as 0.</summary>
    public required bool Monochrome1 { get; init; }

    /// <summary>Whether it writes Computed (CR) instead of Digital Radiography (DX) objects.</summary>
    public required bool ComputedRadiography { get; init; }

    /// <summary>Maker, for the DICOM header.</summary>
    public required string Manufacturer { get; init; }

    /// <summary>Corner of the side marker, and whether it is a boxed letter.</summary>
    public required bool BoxedMarker { get; init; }
}
