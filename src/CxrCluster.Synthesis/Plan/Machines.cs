namespace CxrCluster.Synthesis.Plan;

/// <summary>The machines of the hospitals: four with a character of their own, further ones drawn by seed.</summary>
internal static class Machines
{
    private static readonly Machine North = new()
    {
        Hospital = "north",
        Aspect = 0.82f,
        RelativeSide = 1f,
        Brightness = 0f,
        Gamma = 1f,
        Window = 1.12f,
        Noise = 0.010f,
        Scatter = 0.25f,
        Blur = 0.55f,
        Sharpening = 0.5f,
        BorderChance = 0.35f,
        PngBits = 8,
        DicomBits = 12,
        Monochrome1 = false,
        ComputedRadiography = false,
        Manufacturer = "Phantom Imaging",
        BoxedMarker = false,
    };

    private static readonly Machine[] Known =
    [
        North,
        North with
        {
            Hospital = "south",
            Aspect = 1f,
            RelativeSide = 0.9f,
            Brightness = 0.06f,
            Gamma = 0.85f,
            Window = 1.25f,
            Noise = 0.016f,
            Scatter = 0.45f,
            Blur = 0.8f,
            Sharpening = 0f,
            BorderChance = 0.6f,
            PngBits = 16,
            DicomBits = 14,
            Manufacturer = "Old Portable Works",
            BoxedMarker = true,
        },
        North with
        {
            Hospital = "east",
            Aspect = 1.2f,
            Brightness = -0.03f,
            Gamma = 1.2f,
            Window = 1.05f,
            Noise = 0.014f,
            Scatter = 0.35f,
            Blur = 0.9f,
            Sharpening = 0.8f,
            BorderChance = 0.15f,
            Monochrome1 = true,
            ComputedRadiography = true,
            Manufacturer = "Phosphor Plates",
        },
        North with
        {
            Hospital = "west",
            Aspect = 1.18f,
            RelativeSide = 0.8f,
            Brightness = 0.02f,
            Gamma = 1.05f,
            Window = 1.3f,
            Noise = 0.022f,
            Scatter = 0.55f,
            Blur = 0.6f,
            Sharpening = 0.25f,
            BorderChance = 0.45f,
            PngBits = 16,
            DicomBits = 16,
            Manufacturer = "Bedside Rays",
            BoxedMarker = true,
        },
    ];

    /// <summary>The machine of hospital number <paramref name="index"/>, from 0.</summary>
    public static Machine Create(int seed, int index)
    {
        if (index < Known.Length)
        {
            return Known[index];
        }

        var random = new SeededRandom(seed, RandomStream.Machine, index);
        return Known[random.Next(Known.Length)] with
        {
            Hospital = $"site-{index + 1}",
            Aspect = random.Uniform(0.8f, 1.22f),
            RelativeSide = random.Uniform(0.75f, 1f),
            Brightness = random.Uniform(-0.05f, 0.08f),
            Gamma = random.Uniform(0.8f, 1.25f),
            Window = random.Uniform(1.05f, 1.3f),
            Noise = random.Uniform(0.008f, 0.024f),
            Scatter = random.Uniform(0.2f, 0.55f),
            BorderChance = random.Uniform(0.1f, 0.6f),
        };
    }
}
