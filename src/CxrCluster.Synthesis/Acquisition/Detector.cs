using CxrCluster.Synthesis.Plan;
using CxrCluster.Synthesis.Rendering;

namespace CxrCluster.Synthesis.Acquisition;

/// <summary>Turns attenuation into the brightness a machine shows: rays, scatter, quantum noise, processing.</summary>
internal static class Detector
{
    // Attenuation 1 lets exp(-2.8) = 6 % of the rays through.
    private const float Absorption = 2.8f;

    // Where the display's curve begins to bend towards white.
    private const float Bend = 0.62f;

    /// <summary>Brightness from 0 to 1, brighter = denser, in place.</summary>
    /// <param name="attenuation">0 in air, about 1 behind the abdomen; overwritten.</param>
    /// <param name="machine">Whose characteristics to use.</param>
    /// <param name="pixelsPerUnit">Pixels per body unit.</param>
    /// <param name="pose">The image's pose stream: the exposure of the day.</param>
    /// <param name="noise">The image's noise stream.</param>
    public static void Expose(
        Raster attenuation,
        Machine machine,
        float pixelsPerUnit,
        SeededRandom pose,
        SeededRandom noise
    )
    {
        var values = attenuation.Values;
        var fine = pixelsPerUnit / 220; // 1 at side 512
        // Below the optics' blur there is always that of the pixel's own aperture.
        attenuation.Blur(MathF.Sqrt((machine.Blur * fine * machine.Blur * fine) + (0.5f * 0.5f)));
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = MathF.Exp(-Absorption * values[i]);
        }

        var scatter = attenuation.Copy();
        scatter.Blur(0.2f * pixelsPerUnit);
        var share = machine.Scatter * 0.3f;
        var grain = Grain(attenuation, machine.Noise * pose.Uniform(0.8f, 1.3f), noise);
        for (var i = 0; i < values.Length; i++)
        {
            var rays = ((1 - share) * values[i]) + (share * Math.Min(scatter.Values[i], 0.5f));
            // Poisson: the noise grows with the root of the rays, so it shows most where few come through.
            rays += grain.Values[i] * MathF.Sqrt(rays);
            values[i] = MathF.Log(Math.Max(rays, 0.005f)) / -Absorption;
        }

        Sharpen(attenuation, machine.Sharpening, 0.02f * pixelsPerUnit);
        var low = 0.05f + pose.Uniform(-0.03f, 0.03f);
        var range = machine.Window * pose.Uniform(0.94f, 1.06f);
        var gamma = machine.Gamma * pose.Uniform(0.93f, 1.07f);
        for (var i = 0; i < values.Length; i++)
        {
            var shown = Math.Max(((values[i] - low) / range) + machine.Brightness, 0);
            values[i] = MathF.Pow(Shoulder(shown), gamma);
        }
    }

    // Bends the curve towards white as film does, so that dense parts keep their structure instead of becoming one flat area.
    private static float Shoulder(float value) =>
        value <= Bend ? value : Bend + ((1 - Bend) * (1 - MathF.Exp((Bend - value) / (1 - Bend))));

    // White noise, a little smoothed as by a real detector.
    private static Raster Grain(Raster like, float strength, SeededRandom random)
    {
        var grain = new Raster(like.Width, like.Height);
        for (var i = 0; i < grain.Values.Length; i++)
        {
            grain.Values[i] = strength * random.Normal();
        }

        grain.Blur(0.45f);
        return grain;
    }

    private static void Sharpen(Raster raster, float strength, float sigma)
    {
        if (strength <= 0)
        {
            return;
        }

        var smooth = raster.Copy();
        smooth.Blur(sigma);
        for (var i = 0; i < raster.Values.Length; i++)
        {
            raster.Values[i] += strength * 0.5f * (raster.Values[i] - smooth.Values[i]);
        }
    }
}
