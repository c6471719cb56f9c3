namespace CxrCluster.Synthesis.Plan;

/// <summary>One image of the cohort, before anything is drawn.</summary>
internal sealed record ImagePlan
{
    /// <summary>Whose it is.</summary>
    public required PatientPlan Patient { get; init; }

    /// <summary>Number among the patient's images, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Direction of the rays.</summary>
    public required Projection Projection { get; init; }

    /// <summary>Severity on that day, 0 to 1.</summary>
    public required float Severity { get; init; }

    /// <summary>Devices on that day.</summary>
    public required Devices Devices { get; init; }

    /// <summary>Whether a sharp-edged constant rectangle is burned into the picture.</summary>
    public required bool Rectangle { get; init; }

    /// <summary>When it was taken: a made-up day of 2020.</summary>
    public required DateTime Taken { get; init; }

    /// <summary>File name without extension.</summary>
    public string Name => $"{Patient.Id}-{Number}";

    /// <summary>The generator of one of this image's own streams.</summary>
    public SeededRandom ImageRandom(int seed, RandomStream stream) => new(seed, stream, Patient.Index, Number);

    /// <summary>The generator of one of the patient's streams: equal in all of the patient's images.</summary>
    public SeededRandom PatientRandom(int seed, RandomStream stream) => new(seed, stream, Patient.Index);
}
