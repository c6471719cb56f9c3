using System.Text.Json.Serialization;

namespace CxrCluster.Synthesis;

/// <summary>What a synthetic cohort should contain. Equal options give equal bytes.</summary>
public sealed record SynthesisOptions
{
    /// <summary>Patients over all hospitals, 1 to 100,000. A larger cohort holds the smaller one of the same seed.</summary>
    public int Patients { get; init; } = 120;

    /// <summary>Hospitals, 1 to 16: north, south, east, west, site-5, ...; patients go round-robin.</summary>
    public int Hospitals { get; init; } = 4;

    /// <summary>Seed of everything that is random.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>File format of the images.</summary>
    public SynthesisFormat Format { get; init; } = SynthesisFormat.Png;

    /// <summary>Long side of the largest machine's images in pixels, 64 to 4096; other machines are a little smaller.</summary>
    public int Side { get; init; } = 512;

    /// <summary>Images made at once, at most; 0 takes one per core, fewer where images are huge. Has no influence on the bytes.</summary>
    [JsonIgnore]
    public int Parallelism { get; init; }

    /// <summary>One sentence per impossible value, saying what to change; empty when the options are good.</summary>
    public IEnumerable<string> Validate()
    {
        if (Patients is < 1 or > 100_000)
        {
            yield return $"Patients is {Patients}; choose 1 to 100000.";
        }

        if (Hospitals is < 1 or > 16)
        {
            yield return $"Hospitals is {Hospitals}; choose 1 to 16.";
        }

        if (Side is < 64 or > 4096)
        {
            yield return $"Side is {Side} pixels; choose 64 to 4096.";
        }

        if (!Enum.IsDefined(Format))
        {
            yield return $"Format is {Format}; choose {nameof(SynthesisFormat.Png)} or {nameof(SynthesisFormat.Dicom)}.";
        }

        if (Parallelism is < 0 or > 1024)
        {
            yield return $"Parallelism is {Parallelism}; choose 0 (one image per core) to 1024.";
        }
    }
}
