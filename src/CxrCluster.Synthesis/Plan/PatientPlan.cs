namespace CxrCluster.Synthesis.Plan;

/// <summary>One patient of the cohort, before anything is drawn.</summary>
internal sealed record PatientPlan
{
    /// <summary>Number over all hospitals, from 0: the patient's part of every random stream.</summary>
    public required int Index { get; init; }

    /// <summary>The machine that takes all of the patient's images.</summary>
    public required Machine Machine { get; init; }

    /// <summary>Identifier, unique in the cohort.</summary>
    public required string Id { get; init; }

    /// <summary>What the patient has; <see cref="Pathology.Covid19"/> is the positive class.</summary>
    public required Pathology Pathology { get; init; }

    /// <summary>How much of it, 0 (normal) to 1.</summary>
    public required float Severity { get; init; }

    /// <summary>M or F.</summary>
    public required char Sex { get; init; }

    /// <summary>Years, 18 to 95.</summary>
    public required int Age { get; init; }

    /// <summary>Drawn without regard to the class.</summary>
    public required Devices Devices { get; init; }

    /// <summary>1 = COVID-19, 0 = not.</summary>
    public int Label => Pathology == Pathology.Covid19 ? 1 : 0;
}
