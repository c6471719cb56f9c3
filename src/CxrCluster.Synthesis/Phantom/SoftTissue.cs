using System.Numerics;
using CxrCluster.Synthesis.Anatomy;
using CxrCluster.Synthesis.Rendering;

namespace CxrCluster.Synthesis.Phantom;

/// <summary>Draws what is neither bone nor lung of a frontal view.</summary>
internal static class SoftTissue
{
    /// <summary>The trunk and the arms as if the lungs were solid.</summary>
    public static Raster Draw(Painter painter, Chest chest, Clouds texture)
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

    /// <summary>Adds heart and aorta: muscle and blood are denser than the tissue around them, most where they are deepest.</summary>
    public static void DrawHeart(Painter painter, Raster target, Chest chest)
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

    /// <summary>Takes away the air in the stomach.</summary>
    public static void DrawStomach(Painter painter, Raster target, Chest chest)
    {
        var size = chest.Body.StomachAir;
        if (size > 0)
        {
            var bubble = new Vector2(0.42f, chest.DomeY(1) + 0.1f + (0.07f * size));
            painter.Ellipse(target, bubble, new Vector2(0.2f, 0.11f) * size, -0.15f, -0.3f, 0.5f);
        }
    }

    /// <summary>Adds the breasts.</summary>
    public static void DrawBreasts(Painter painter, Raster target, Chest chest)
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
