using CxrCluster.Synthesis.Plan;

namespace CxrCluster.Synthesis.Anatomy;

/// <summary>What a patient is built like; equal in all of the patient's images. 1 is average unless said otherwise.</summary>
internal sealed record Body
{
    /// <summary>Width of the chest.</summary>
    public required float Width { get; init; }

    /// <summary>Height of the chest.</summary>
    public required float Height { get; init; }

    /// <summary>Width of the heart.</summary>
    public required float Heart { get; init; }

    /// <summary>Prominence of the aortic knob; grows with age.</summary>
    public required float Aorta { get; init; }

    /// <summary>Sideways curve of the spine in body units, either sign.</summary>
    public required float Scoliosis { get; init; }

    /// <summary>Steepness of the ribs.</summary>
    public required float RibSlope { get; init; }

    /// <summary>Mineral in the bones; falls with age.</summary>
    public required float Bone { get; init; }

    /// <summary>Fat around the chest, 0 to 1.</summary>
    public required float Fat { get; init; }

    /// <summary>Size of the breasts, 0 for none.</summary>
    public required float Breasts { get; init; }

    /// <summary>Strength of the pulmonary vessels.</summary>
    public required float Vessels { get; init; }

    /// <summary>Height of the right dome of the diaphragm above average, in body units.</summary>
    public required float RightDome { get; init; }

    /// <summary>Height of the left dome of the diaphragm above average, in body units.</summary>
    public required float LeftDome { get; init; }

    /// <summary>Size of the air bubble in the stomach, 0 for none.</summary>
    public required float StomachAir { get; init; }

    /// <summary>Phase of the irregularity of the ribs, in radians.</summary>
    public required float RibPhase { get; init; }

    /// <summary>Share of air lost to coarse old scars, 0 to 1; unrelated to the class.</summary>
    public required float Fibrosis { get; init; }

    /// <summary>Share of air lost at the bases from lying flat, 0 to 1; unrelated to the class.</summary>
    public required float BasalHaze { get; init; }

    /// <summary>Number of plate-like collapses above the diaphragm; unrelated to the class.</summary>
    public required int Bands { get; init; }

    /// <summary>The body of a patient.</summary>
    public static Body Create(int seed, PatientPlan patient)
    {
        var random = new SeededRandom(seed, RandomStream.Body, patient.Index);
        var age = (patient.Age - 60) / 35f;
        var female = patient.Sex == 'F';
        var body = new Body
        {
            Width = random.Uniform(0.92f, 1.08f) * (female ? 0.97f : 1),
            Height = random.Uniform(0.88f, 1.07f) * (female ? 0.98f : 1),
            Heart = 1 + (0.12f * random.Normal()) + (0.06f * age),
            Aorta = 1 + (0.25f * random.Normal()) + (0.4f * age),
            Scoliosis = 0.018f * random.Normal() * (1 + Math.Max(age, 0)),
            RibSlope = random.Uniform(0.8f, 1.25f),
            Bone = random.Uniform(0.85f, 1.15f) * (1 - (0.15f * age)),
            Fat = Math.Clamp(0.45f + (0.3f * random.Normal()), 0, 1),
            Breasts = female ? random.Uniform(0.5f, 1.2f) : 0,
            Vessels = random.Uniform(0.8f, 1.2f),
            RightDome = 0.045f * random.Normal(),
            LeftDome = 0.045f * random.Normal(),
            StomachAir = random.Chance(0.6f) ? random.Uniform(0.4f, 1f) : 0,
            RibPhase = random.Uniform(0, 6.28f),
            Fibrosis = random.Chance(0.35f) ? random.Uniform(0.05f, 0.2f) : 0.03f,
            BasalHaze = MathF.Pow(random.NextSingle(), 2) * 0.28f,
            Bands = random.Chance(0.25f) ? 1 + random.Next(3) : 0,
        };
        // An oedematous chest is usually one with a failing heart.
        return patient.Pathology == Pathology.Edema ? body with { Heart = body.Heart + 0.16f } : body;
    }
}
