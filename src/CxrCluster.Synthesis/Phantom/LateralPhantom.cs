using System.Numerics;
using CxrCluster.Synthesis.Anatomy;
using CxrCluster.Synthesis.Plan;
using CxrCluster.Synthesis.Rendering;

namespace CxrCluster.Synthesis.Phantom;

/// <summary>
/// Draws a chest from the side, facing left: good enough to be told from a frontal view at a glance, which is all that is
/// asked of an image that every pipeline excludes.
/// </summary>
internal static class LateralPhantom
{
    /// <summary>Draws the patient of an image.</summary>
    public static ChestPhantom Draw(int seed, ImagePlan image, Body body, Painter painter)
    {
        var target = DrawTissue(painter, body);
        TakeAwayAir(painter, target, body);
        DrawOpacities(painter, target, image, seed);
        // The root of both lungs, and the windpipe above it.
        painter.Ellipse(target, new Vector2(0.02f, -0.08f), new Vector2(0.13f, 0.18f), 0.3f, 0.16f, 1);
        Vector2[] trachea = [new(-0.02f, -1.6f), new(0.06f, -0.9f), new(0.04f, -0.25f)];
        painter.Stroke(target, trachea, 0.055f, -0.12f, StrokeShape.Rod);
        LateralSkeleton.Draw(painter, target, body);
        return new ChestPhantom(target, null, 0);
    }

    private static Raster DrawTissue(Painter painter, Body body)
    {
        var trunk = painter.Fill(LateralOutlines.Trunk(body));
        // Depth grows from the edge inwards: the outline times a wide blur of itself.
        var depth = trunk.Copy();
        depth.Blur(0.16f * painter.Frame.Scale);
        for (var i = 0; i < trunk.Values.Length; i++)
        {
            var inside = Math.Clamp((depth.Values[i] - 0.42f) / 0.5f, 0, 1);
            trunk.Values[i] *= 0.12f + (0.88f * MathF.Sqrt(inside));
        }

        Vector2[] raisedArm = [new(0.1f, -0.85f), new(-0.4f, -1.25f), new(-1.0f, -1.7f)];
        painter.Stroke(trunk, raisedArm, 0.2f, 0.4f, StrokeShape.Rod);
        return trunk;
    }

    private static void TakeAwayAir(Painter painter, Raster target, Body body)
    {
        var lungs = painter.Fill(LateralOutlines.Lungs(body));
        lungs.Blur(0.01f * painter.Frame.Scale);
        var heart = painter.Fill(LateralOutlines.Heart(body));
        painter.Stroke(heart, LateralOutlines.Aorta(), 0.085f, 0.4f, StrokeShape.Soft);
        heart.Blur(0.035f * painter.Frame.Scale);
        for (var i = 0; i < target.Values.Length; i++)
        {
            target.Values[i] -= 0.68f * lungs.Values[i] * Math.Max(1 - (0.8f * heart.Values[i]), 0.15f);
        }
    }

    private static void DrawOpacities(Painter painter, Raster target, ImagePlan image, int seed)
    {
        var random = image.PatientRandom(seed, RandomStream.Disease);
        for (var i = 0; i < 3; i++)
        {
            var place = new Vector2(random.Uniform(0.1f, 0.5f), random.Uniform(-0.2f, 0.6f));
            var radii = new Vector2(random.Uniform(0.15f, 0.3f), random.Uniform(0.15f, 0.3f));
            painter.Ellipse(target, place, radii, 0, 0.17f * image.Severity, 1);
        }
    }
}
