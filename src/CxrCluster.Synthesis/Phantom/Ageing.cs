using System.Numerics;
using CxrCluster.Synthesis.Anatomy;
using CxrCluster.Synthesis.Plan;
using CxrCluster.Synthesis.Rendering;

namespace CxrCluster.Synthesis.Phantom;

/// <summary>
/// What makes a lung less than clear without being the disease in question: scars, bases pressed flat, plate-like collapses.
/// Alike in both classes, so that subtle disease has something to hide in.
/// </summary>
internal static class Ageing
{
    /// <summary>Replaces air in <paramref name="replaced"/>.</summary>
    /// <param name="painter">Where to draw.</param>
    /// <param name="replaced">Share of the air replaced so far.</param>
    /// <param name="chest">Whose lungs.</param>
    /// <param name="random">The patient's vessel stream.</param>
    public static void Draw(Painter painter, Raster replaced, Chest chest, SeededRandom random)
    {
        var body = chest.Body;
        var scars = new Clouds(random, 0.07f, 3);
        var patches = new Clouds(random, 0.45f, 2);
        var lying = chest.Stance.Projection == Projection.AP ? 1f : 0.35f;
        painter.Set(
            replaced,
            p =>
            {
                var aboveDome = chest.DomeY(p.X < 0 ? -1 : 1) - p.Y;
                var haze = body.BasalHaze * lying * (1 - Curves.SmoothStep(-0.1f, 0.45f, aboveDome));
                var scar =
                    body.Fibrosis * Math.Clamp(0.4f + patches.At(p), 0, 1) * Math.Clamp(0.5f + scars.At(p), 0, 1.2f);
                return haze + scar;
            }
        );
        for (var i = 0; i < body.Bands; i++)
        {
            var side = random.Sign();
            Vector2 from = new(side * random.Uniform(0.3f, 0.6f), chest.DomeY(side) - random.Uniform(0.05f, 0.3f));
            var to = from + new Vector2(side * random.Uniform(0.15f, 0.3f), random.Uniform(-0.08f, 0.08f));
            painter.Stroke(
                replaced,
                [from, to],
                random.Uniform(0.012f, 0.03f),
                random.Uniform(0.15f, 0.35f),
                StrokeShape.Soft
            );
        }

        // Bands may cross; some air is always left.
        for (var i = 0; i < replaced.Values.Length; i++)
        {
            replaced.Values[i] = Math.Min(replaced.Values[i], 0.8f);
        }
    }
}
