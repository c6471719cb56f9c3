namespace CxrCluster.Synthesis.Plan;

/// <summary>Decides who is in a cohort and which images there are, without drawing anything.</summary>
internal static class CohortPlan
{
    /// <summary>Share of positive patients at every hospital.</summary>
    public const double PositiveShare = 0.45;

    // Laterals come only beside a frontal image, so that no patient is lost to them; 0.115 of the follow-ups is 5 % of all.
    private const float LateralChance = 0.115f;
    private const float RectangleChance = 0.031f;

    /// <summary>All images, patient by patient.</summary>
    public static IReadOnlyList<ImagePlan> Create(SynthesisOptions options)
    {
        var machines = Enumerable.Range(0, options.Hospitals).Select(h => Machines.Create(options.Seed, h)).ToArray();
        return
        [
            .. Enumerable
                .Range(0, options.Patients)
                .SelectMany(index => Images(options.Seed, Patient(options.Seed, index, machines))),
        ];
    }

    /// <summary>
    /// Whether patient number <paramref name="ordinal"/> of a hospital is positive. A Beatty sequence instead of coins: any two
    /// or more patients in a row hold both classes, and every hospital has the same share, so the source says nothing about the class.
    /// </summary>
    internal static bool IsPositive(int hospital, int ordinal)
    {
        var phase = 0.1 + (0.9 * (hospital * 0.381966 % 1));
        return Math.Floor(((ordinal + 1) * PositiveShare) + phase) > Math.Floor((ordinal * PositiveShare) + phase);
    }

    private static PatientPlan Patient(int seed, int index, Machine[] machines)
    {
        var hospital = index % machines.Length;
        var ordinal = index / machines.Length;
        var random = new SeededRandom(seed, RandomStream.Patient, index);
        var sex = random.Chance(0.55f) ? 'M' : 'F';
        var age = Math.Clamp((int)MathF.Round(60 + (17 * random.Normal())), 18, 95);
        var severity = random.NextSingle();
        var other = (Pathology)random.Weighted(0.36f, 0f, 0.24f, 0.14f, 0.14f, 0.12f);
        var pathology = IsPositive(hospital, ordinal) ? Pathology.Covid19 : other;
        return new PatientPlan
        {
            Index = index,
            Machine = machines[hospital],
            Id = $"{machines[hospital].Hospital}-{ordinal + 1:00000}",
            Pathology = pathology,
            Severity = pathology switch
            {
                Pathology.Normal => 0,
                Pathology.Covid19 => 0.06f + (0.94f * MathF.Pow(severity, 0.65f)),
                _ => 0.15f + (0.85f * severity),
            },
            Sex = sex,
            Age = age,
            Devices = DrawDevices(new SeededRandom(seed, RandomStream.Devices, index)),
        };
    }

    private static IEnumerable<ImagePlan> Images(int seed, PatientPlan patient)
    {
        var count = 1 + new SeededRandom(seed, RandomStream.Image, patient.Index).Weighted(0.5f, 0.27f, 0.15f, 0.08f);
        var taken = new DateTime(2020, 3, 1, 0, 0, 0, DateTimeKind.Utc);
        for (var number = 1; number <= count; number++)
        {
            var random = new SeededRandom(seed, RandomStream.Image, patient.Index, number);
            taken = taken
                .AddDays(number == 1 ? random.Next(250) : 1 + random.Next(6))
                .Date.AddSeconds(random.Next(86400));
            var course = number == 1 ? 0 : random.Uniform(-0.16f, 0.16f);
            var lateral = random.Chance(LateralChance) && number > 1;
            var projection = random.Chance(0.72f) ? Projection.AP : Projection.PA;
            var rectangle = random.Chance(RectangleChance) && !lateral;
            var devices = patient.Devices;
            if (number > 1 && random.Chance(0.15f))
            {
                devices &= Devices.Pacemaker; // A pacemaker stays; everything else comes out one day.
            }

            yield return new ImagePlan
            {
                Patient = patient,
                Number = number,
                Projection = lateral ? Projection.Lateral : projection,
                Severity = patient.Severity == 0 ? 0 : Math.Clamp(patient.Severity + course, 0.03f, 1f),
                Devices = devices,
                Rectangle = rectangle,
                Taken = taken,
            };
        }
    }

    private static Devices DrawDevices(SeededRandom random)
    {
        var devices =
            Drawn(0.22f, Devices.CentralLine) | Drawn(0.08f, Devices.Pacemaker) | Drawn(0.3f, Devices.EcgLeads);
        var tube = Drawn(0.14f, Devices.TrachealTube);
        var stomach = Drawn(0.7f, Devices.GastricTube);
        return devices | tube | (tube == Devices.None ? Devices.None : stomach);

        Devices Drawn(float chance, Devices device) => random.Chance(chance) ? device : Devices.None;
    }
}
