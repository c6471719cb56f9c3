using System.Numerics;
using CxrCluster.Synthesis.Anatomy;
using CxrCluster.Synthesis.Rendering;

namespace CxrCluster.Synthesis.Phantom;

/// <summary>The air in the chest of a frontal view.</summary>
internal static class LungAir
{
    /// <summary>Depth of air along the ray as a share of the deepest: the lungs, and what of them lies behind the heart and the domes.</summary>
    public static Raster Depth(Painter painter, Chest chest, Raster lungs)
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
                // The apex narrows in depth too.
                var apex = float.Lerp(0.62f, 1, Curves.SmoothStep(-1.05f, -0.45f, p.Y / chest.Body.Height));
                return t < 1 ? apex * MathF.Sqrt(1 - (t * t * MathF.Sqrt(t))) : 0;
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

                // Near the heart and the vessels the lung is thinner: their borders are not cut with a knife.
                var depth = air.Values[i] * (1 - (0.65f * wide.Values[i]));
                var p = painter.Frame.ToBody(x, y);
                var hidden = Math.Max(BehindHeart(p) * heart.Values[i], BehindDome(chest, p) * (1 - soft.Values[i]));
                air.Values[i] = depth * Math.Max(soft.Values[i], hidden);
            }
        }

        return air;
    }

    /// <summary>Air left in the lung fields; at least a little, so that a share of it is a number.</summary>
    public static double Left(Raster air, Raster replaced, Raster lungs)
    {
        var sum = 1e-6;
        for (var i = 0; i < air.Values.Length; i++)
        {
            sum += air.Values[i] * (1 - replaced.Values[i]) * lungs.Values[i];
        }

        return sum;
    }

    private static float BehindHeart(Vector2 p) =>
        0.4f * Curves.SmoothStep(0.03f, 0.2f, MathF.Abs(p.X)) * Curves.SmoothStep(-0.3f, 0.1f, p.Y);

    private static float BehindDome(Chest chest, Vector2 p)
    {
        var below = p.Y - chest.Diaphragm(p.X < 0 ? -1 : 1, p.X);
        var medial = Curves.SmoothStep(0.08f, 0.4f, MathF.Abs(p.X));
        return below > -0.02f ? 0.2f * (1 - Curves.SmoothStep(0, 0.32f, below)) * medial : 0;
    }
}
