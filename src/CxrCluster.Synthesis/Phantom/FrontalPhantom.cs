using System.Numerics;
using CxrCluster.Synthesis.Anatomy;
using CxrCluster.Synthesis.Plan;
using CxrCluster.Synthesis.Rendering;

namespace CxrCluster.Synthesis.Phantom;

/// <summary>What the rays meet on their way to each pixel.</summary>
/// <param name="Attenuation">0 in air, about 1 behind the middle of the abdomen.</param>
/// <param name="Lungs">The lung fields: 1 inside, 0 outside, the covered share at the edge; null in a lateral view.</param>
/// <param name="Opacity">Share of the lungs' air that disease has replaced, 0 to 1.</param>
internal sealed record ChestPhantom(Raster Attenuation, Raster? Lungs, double Opacity);

/// <summary>Draws a chest from the front.</summary>
internal static class FrontalPhantom
{
    // What a full depth of lung takes away from the soft tissue.
    private const float AirContrast = 0.66f;

    /// <summary>Draws the patient of an image.</summary>
    public static ChestPhantom Draw(int seed, ImagePlan image, Chest chest, Painter painter)
    {
        var lungs = painter.Fill(chest.Lung(-1), chest.Lung(1));
        var air = Air(painter, chest, lungs);
        var random = image.PatientRandom(seed, RandomStream.Vessels);
        var texture = new Clouds(random, 0.05f, 3);
        var replaced = painter.Blank();
        Ageing.Draw(painter, replaced, chest, random);
        var healthy = Left(air, replaced, lungs);
        var disease = image.PatientRandom(seed, RandomStream.Disease);
        foreach (var lesion in Disease.Lesions(chest, image.Patient.Pathology, image.Severity, disease))
        {
            painter.Merge(replaced, lesion.Low, lesion.High, lesion.Share);
        }

        var vessels = painter.Blank();
        Vasculature.DrawVessels(painter, vessels, chest, random);
        var target = Tissue(painter, chest, texture);
        for (var i = 0; i < target.Values.Length; i++)
        {
            var left = air.Values[i] * (1 - replaced.Values[i]);
            // Vessels show against air only.
            target.Values[i] += (vessels.Values[i] * left) - (AirContrast * left);
        }

        DrawHeart(painter, target, chest);
        Vasculature.DrawAirways(painter, target, chest);
        DrawAbdomen(painter, target, chest);
        Skeleton.Draw(painter, target, chest);
        DrawBreasts(painter, target, chest);
        DeviceDrawing.Draw(painter, target, chest, image.Devices, image.PatientRandom(seed, RandomStream.Devices));
        return new ChestPhantom(target, lungs, 1 - (Left(air, replaced, lungs) / healthy));
    }

    // Air left in the lung fields; at least a little, so that a share of it is a number.
    private static double Left(Raster air, Raster replaced, Raster lungs)
    {
        var sum = 1e-6;
        for (var i = 0; i < air.Values.Length; i++)
        {
            sum += air.Values[i] * (1 - replaced.Values[i]) * lungs.Values[i];
        }

        return sum;
    }

    // Depth of air along the ray as a share of the deepest: the lungs, and what of them lies behind the heart and the domes.
    private static Raster Air(Painter painter, Chest chest, Raster lungs)
    {
        var heart = painter.Fill(chest.Mediastinum());
        var soft = lungs.Copy();
        soft.Blur(0.006f * painter.Frame.Scale);
        heart.Blur(0.012f * painter.Frame.Scale);
        var wide = heart.Copy();
        wide.Blur(0.04f * painter.Frame.Scale);
        var air = painter.Blank();
        painter.Set(
            air,
            p =>
            {
                var t = MathF.Abs(p.X) / (chest.Wall.At(p.Y) + 0.01f);
                return t < 1 ? MathF.Sqrt(1 - (t * t * MathF.Sqrt(t))) : 0;
            }
        );
        for (var y = 0; y < air.Height; y++)
        {
            for (var x = 0; x < air.Width; x++)
            {
                var i = (y * air.Width) + x;
                if (air.Values[i] == 0)
                {
                    continue;
                }

                var p = painter.Frame.ToBody(x, y);
                var side = p.X < 0 ? -1 : 1;
                // The apex narrows in depth too.
                var depth =
                    air.Values[i] * float.Lerp(0.62f, 1, Curves.SmoothStep(-1.05f, -0.45f, p.Y / chest.Body.Height));
                // Near the heart and the vessels the lung is thinner: their borders are not cut with a knife.
                depth *= 1 - (0.65f * wide.Values[i]);
                var behindHeart =
                    0.4f
                    * heart.Values[i]
                    * Curves.SmoothStep(0.03f, 0.2f, MathF.Abs(p.X))
                    * Curves.SmoothStep(-0.3f, 0.1f, p.Y);
                var below = p.Y - chest.Diaphragm(side, p.X);
                var behindDome =
                    below > -0.02f
                        ? 0.2f
                            * (1 - Curves.SmoothStep(0, 0.32f, below))
                            * Curves.SmoothStep(0.08f, 0.4f, MathF.Abs(p.X))
                        : 0;
                air.Values[i] =
                    depth * Math.Max(soft.Values[i], Math.Max(behindHeart, behindDome * (1 - soft.Values[i])));
            }
        }

        return air;
    }

    // Soft tissue of the trunk and the arms.
    private static Raster Tissue(Painter painter, Chest chest, Clouds texture)
    {
        var target = painter.Blank();
        var (fat, arms) = (chest.Body.Fat, chest.Stance.Arms);
        painter.Set(
            target,
            p =>
            {
                var t = MathF.Abs(p.X) / chest.Skin.At(p.Y);
                if (t >= 1)
                {
                    return 0;
                }

                var belly = Curves.SmoothStep(0.2f, 0.9f, p.Y);
                var neck = 1 - (0.35f * (1 - Curves.SmoothStep(-1.45f, -0.75f, p.Y)));
                var depth = (0.82f + (0.24f * fat) + (0.16f * belly)) * neck;
                return MathF.Sqrt(1 - (t * t * MathF.Sqrt(t))) * depth * (1 + (0.022f * texture.At(p)));
            }
        );
        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            Vector2[] arm = Curves.Through([
                new(side * 1.16f, -0.78f + chest.Stance.Shoulders),
                new(side * (1.27f + (0.4f * arms)), -0.2f),
                new(side * (1.31f + arms), 0.5f),
                new(side * (1.3f + (1.3f * arms)), 1.4f),
            ]);
            painter.Stroke(target, arm, 0.17f + (0.05f * fat), 0.42f, StrokeShape.Rod);
        }

        return target;
    }

    // Muscle and blood are denser than the tissue around them, most where they are deepest.
    private static void DrawHeart(Painter painter, Raster target, Chest chest)
    {
        var h = chest.Body.Height;
        painter.Ellipse(target, new Vector2(0.14f, 0.22f * h), new Vector2(0.42f, 0.3f), 0.45f, 0.07f, 1);
        Vector2[] aorta = Curves.Through([
            new(-0.09f, 0.0f),
            new(-0.07f, -0.35f * h),
            new(0.06f, -0.48f * h),
            new(0.15f, -0.4f * h),
            new(0.13f, 0),
            new(0.08f, 0.7f),
        ]);
        painter.Stroke(target, aorta, 0.075f, 0.07f * chest.Body.Aorta, StrokeShape.Soft);
    }

    private static void DrawAbdomen(Painter painter, Raster target, Chest chest)
    {
        var size = chest.Body.StomachAir;
        if (size > 0)
        {
            var bubble = new Vector2(0.42f, chest.DomeY(1) + 0.1f + (0.07f * size));
            painter.Ellipse(target, bubble, new Vector2(0.2f, 0.11f) * size, -0.15f, -0.3f, 0.5f);
        }
    }

    private static void DrawBreasts(Painter painter, Raster target, Chest chest)
    {
        var size = chest.Body.Breasts;
        if (size > 0)
        {
            foreach (var side in (ReadOnlySpan<int>)[-1, 1])
            {
                var place = new Vector2(side * 0.55f, 0.3f);
                painter.Ellipse(
                    target,
                    place,
                    new Vector2(0.36f, 0.3f) * (0.75f + (0.25f * size)),
                    side * 0.2f,
                    0.1f * size
                );
            }
        }
    }
}
