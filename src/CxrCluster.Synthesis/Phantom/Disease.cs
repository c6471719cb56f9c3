using System.Numerics;
using CxrCluster.Synthesis.Anatomy;
using CxrCluster.Synthesis.Plan;
using CxrCluster.Synthesis.Rendering;

namespace CxrCluster.Synthesis.Phantom;

/// <summary>
/// Where disease replaces air. Sites come from the patient's own stream, so follow-ups show the same sites; only the severity
/// moves. Every lesion's share grows with severity, so more severe never means less opacity.
/// </summary>
internal static class Disease
{
    /// <summary>The lesions of an image.</summary>
    /// <param name="chest">Where the lungs are.</param>
    /// <param name="pathology">What the patient has.</param>
    /// <param name="severity">How much of it, 0 to 1.</param>
    /// <param name="random">The patient's disease stream, fresh.</param>
    public static IEnumerable<Lesion> Lesions(Chest chest, Pathology pathology, float severity, SeededRandom random)
    {
        var clouds = new Clouds(random, 0.22f, 4);
        return pathology switch
        {
            Pathology.Covid19 => Covid(chest, severity, random, clouds),
            Pathology.Pneumonia when random.Chance(0.5f) => Lobar(chest, severity, random, clouds),
            Pathology.Pneumonia => Patches(chest, severity, random, clouds),
            Pathology.Effusion => Effusion(chest, severity, random),
            Pathology.Edema => Edema(chest, severity, random, clouds),
            Pathology.Nodule => Nodules(chest, severity, random),
            _ => [],
        };
    }

    /// <summary>A place in a lung: 0 to 1 from apex to diaphragm, 0 to 1 from the midline to the flank.</summary>
    private static Vector2 Place(Chest chest, int side, float down, float out_)
    {
        var top = -0.95f * chest.Body.Height;
        var bottom = float.Lerp(chest.DomeY(side), chest.Angle(side).Y, Curves.SmoothStep(0.55f, 1f, out_));
        var y = float.Lerp(top, bottom, down);
        return new Vector2(side * float.Lerp(0.12f, chest.Wall.At(y), out_), y);
    }

    // Ground glass: up to four sites a lung, the sides taking turns, low and near the wall, long axis along the wall.
    private static IEnumerable<Lesion> Covid(Chest chest, float severity, SeededRandom random, Clouds clouds)
    {
        var side = random.Sign();
        for (var i = 0; i < 8; i++)
        {
            side = -side;
            var threshold = (0.075f * i) - 0.06f + random.Uniform(-0.03f, 0.03f);
            var down = 1 - (0.62f * random.NextSingle() * random.Uniform(0.5f, 1f));
            var place = Place(chest, side, down, random.Uniform(0.58f, 0.95f));
            var radii = new Vector2(random.Uniform(0.14f, 0.22f), random.Uniform(0.2f, 0.34f));
            var tilt = side * random.Uniform(-0.35f, 0.15f);
            var densest = random.Uniform(0.5f, 0.8f);
            var growth = Math.Clamp((severity - threshold) / 0.55f, 0, 1);
            if (growth > 0)
            {
                yield return Haze(place, radii * (0.7f + (0.4f * growth)), tilt, densest * growth, clouds);
            }
        }
    }

    // One-sided patches anywhere in a lung: what positives are most easily mistaken for.
    private static IEnumerable<Lesion> Patches(Chest chest, float severity, SeededRandom random, Clouds clouds)
    {
        var side = random.Sign();
        for (var i = 0; i < 3; i++)
        {
            var place = Place(chest, side, random.Uniform(0.25f, 0.95f), random.Uniform(0.3f, 0.85f));
            var radii = new Vector2(random.Uniform(0.12f, 0.22f), random.Uniform(0.12f, 0.22f));
            var densest = random.Uniform(0.5f, 0.75f);
            var growth = Math.Clamp((severity - (0.25f * i)) / 0.7f, 0, 1);
            if (growth > 0)
            {
                yield return Haze(
                    place,
                    radii * (0.75f + (0.4f * growth)),
                    random.Uniform(-1, 1),
                    densest * growth,
                    clouds
                );
            }
        }
    }

    // Most of a lobe: dense towards a fissure that it ends at, ragged elsewhere.
    private static IEnumerable<Lesion> Lobar(Chest chest, float severity, SeededRandom random, Clouds clouds)
    {
        var side = random.Sign();
        var upper = random.Chance(0.4f);
        var fissure = Place(chest, side, random.Uniform(0.42f, 0.52f), 0.6f);
        var slope = side * random.Uniform(-0.1f, 0.35f);
        var middle = Place(chest, side, upper ? 0.36f : 0.7f, random.Uniform(0.4f, 0.7f));
        var size = new Vector2(0.3f, 0.34f) * (0.75f + (0.4f * severity));
        var density = random.Uniform(0.55f, 0.8f) * (0.3f + (0.7f * severity));
        var haze = Haze(middle, size, random.Uniform(-0.4f, 0.4f), density, clouds);
        yield return haze with
        {
            Share = p =>
            {
                var bow = 0.25f * (p.X - fissure.X) * (p.X - fissure.X);
                var beyond = (upper ? 1 : -1) * (fissure.Y + (slope * (p.X - fissure.X)) + bow - p.Y);
                return haze.Share(p) * Curves.SmoothStep(-0.03f, 0.03f, beyond);
            },
        };
    }

    // Fluid lies low and climbs the wall: a meniscus.
    private static IEnumerable<Lesion> Effusion(Chest chest, float severity, SeededRandom random)
    {
        var side = random.Sign();
        yield return Fluid(chest, side, 0.22f + (0.95f * severity));
        if (random.Chance(0.3f))
        {
            yield return Fluid(chest, -side, 0.12f + (0.4f * severity));
        }
    }

    private static IEnumerable<Lesion> Edema(Chest chest, float severity, SeededRandom random, Clouds clouds)
    {
        foreach (var side in (int[])[-1, 1])
        {
            var hilum = chest.Hilum(side) + new Vector2(side * 0.13f, 0.1f);
            var radii = new Vector2(random.Uniform(0.34f, 0.42f), random.Uniform(0.48f, 0.6f));
            yield return Haze(hilum, radii, side * -0.2f, random.Uniform(0.4f, 0.6f) * severity, clouds);
            yield return Fluid(chest, side, random.Uniform(0, 0.5f) * severity);
        }
    }

    private static IEnumerable<Lesion> Nodules(Chest chest, float severity, SeededRandom random)
    {
        var count = 1 + random.Weighted(0.6f, 0.25f, 0.15f);
        for (var i = 0; i < count; i++)
        {
            var place = Place(chest, random.Sign(), random.Uniform(0.2f, 0.85f), random.Uniform(0.3f, 0.8f));
            var radius = random.Uniform(0.035f, 0.07f) * (0.6f + (0.7f * severity));
            var density = random.Uniform(0.35f, 0.55f);
            yield return new Lesion(
                place - new Vector2(radius),
                place + new Vector2(radius),
                p => density * MathF.Sqrt(Math.Max(0, 1 - (Vector2.DistanceSquared(p, place) / (radius * radius))))
            );
        }
    }

    private static Lesion Haze(Vector2 place, Vector2 radii, float tilt, float density, Clouds clouds)
    {
        var (cos, sin) = (MathF.Cos(tilt), MathF.Sin(tilt));
        var reach = new Vector2(1.5f * Math.Max(radii.X, radii.Y));
        return new Lesion(
            place - reach,
            place + reach,
            p =>
            {
                var d = p - place;
                var u = ((d.X * cos) + (d.Y * sin)) / radii.X;
                var v = ((d.Y * cos) - (d.X * sin)) / radii.Y;
                var cloud = clouds.At(p);
                var edge = 1 - Curves.SmoothStep(0.25f, 1.15f, MathF.Sqrt((u * u) + (v * v)) - (0.3f * cloud));
                return density * edge * (1 + (0.55f * cloud));
            }
        );
    }

    private static Lesion Fluid(Chest chest, int side, float amount)
    {
        var angle = chest.Angle(side);
        var bottom = angle.Y + 0.1f;
        var height = amount * 1.1f;
        return new Lesion(
            new Vector2(side < 0 ? angle.X - 0.1f : 0.05f, bottom - height - 0.1f),
            new Vector2(side < 0 ? -0.05f : angle.X + 0.1f, bottom + 0.3f),
            p =>
            {
                var lateral = Math.Clamp(MathF.Abs(p.X / chest.Wall.At(p.Y)), 0, 1);
                var level = bottom - (height * (0.55f + (0.45f * MathF.Pow(lateral, 4))));
                return 0.92f * Curves.SmoothStep(-0.04f, 0.07f, p.Y - level);
            }
        );
    }
}
