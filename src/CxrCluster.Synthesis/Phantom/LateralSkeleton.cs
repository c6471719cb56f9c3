using System.Numerics;
using CxrCluster.Synthesis.Anatomy;
using CxrCluster.Synthesis.Rendering;

namespace CxrCluster.Synthesis.Phantom;

/// <summary>Draws the bones of a lateral view.</summary>
internal static class LateralSkeleton
{
    private const int Vertebrae = 17;
    private const int Ribs = 10;

    /// <summary>Adds spine, ribs, breastbone and the raised upper arm.</summary>
    public static void Draw(Painter painter, Raster target, Body body)
    {
        var spine = LateralOutlines.Spine();
        for (var i = 0; i < Vertebrae; i++)
        {
            DrawVertebra(painter, target, body, spine, i);
        }

        for (var rib = 0; rib < Ribs; rib++)
        {
            DrawRib(painter, target, body, spine, rib);
        }

        Vector2[] sternum = Curves.Through([new(-0.34f, -0.82f * body.Height), new(-0.56f, -0.4f), new(-0.74f, 0.2f)]);
        painter.Stroke(target, sternum, 0.035f, 0.16f * body.Bone, StrokeShape.Bone);
        Vector2[] humerus = [new(0.15f, -0.95f), new(-0.4f, -1.3f), new(-1.0f, -1.75f)];
        painter.Stroke(target, humerus, 0.06f, 0.22f * body.Bone, StrokeShape.Bone);
    }

    private static void DrawVertebra(Painter painter, Raster target, Body body, Vector2[] spine, int i)
    {
        var t = (i + 0.5f) / Vertebrae;
        var at = Curves.Along(spine, t);
        var along = Vector2.Normalize(Curves.Along(spine, t + 0.02f) - Curves.Along(spine, t - 0.02f));
        var half = new Vector2(-along.Y, along.X) * (0.085f + (0.002f * i));
        painter.Stroke(target, [at - half, at + half], 0.074f, 0.16f * body.Bone, StrokeShape.Rod);
        Vector2[] process = [at - (half * 1.1f), at - (half * 2.2f) + (along * 0.06f)];
        painter.Stroke(target, process, 0.03f, 0.08f * body.Bone, StrokeShape.Rod);
    }

    private static void DrawRib(Painter painter, Raster target, Body body, Vector2[] spine, int rib)
    {
        var from = Curves.Along(spine, 0.2f + (0.062f * rib)) + new Vector2(0.1f, 0);
        var drop = 0.35f + (0.02f * rib);
        Vector2[] path = Curves.Through([
            from,
            from + new Vector2(-0.22f, 0.06f),
            from + new Vector2(-0.55f, drop * 0.75f),
            from + new Vector2(-0.86f, drop * 1.5f),
        ]);
        var points = new StrokePoint[path.Length];
        for (var i = 0; i < points.Length; i++)
        {
            var fading = 1 - (0.75f * i / points.Length);
            points[i] = new StrokePoint(path[i], 0.03f, 0.085f * body.Bone * fading);
        }

        painter.Stroke(target, points, StrokeShape.Bone);
    }
}
