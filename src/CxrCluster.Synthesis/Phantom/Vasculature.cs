using System.Numerics;
using CxrCluster.Synthesis.Anatomy;
using CxrCluster.Synthesis.Plan;
using CxrCluster.Synthesis.Rendering;

namespace CxrCluster.Synthesis.Phantom;

/// <summary>Draws the airways and the vessels of the lungs.</summary>
internal static class Vasculature
{
    /// <summary>Takes away the air-filled windpipe and main bronchi.</summary>
    public static void DrawAirways(Painter painter, Raster target, Chest chest)
    {
        var h = chest.Body.Height;
        var r = chest.Stance.Rotation;
        var lean = 0.02f * chest.Body.Aorta;
        Vector2[] trachea = Curves.Through([
            new(0, -1.7f),
            new(r * 0.5f, -1.0f * h),
            new(r - lean, -0.6f * h),
            new(r - 0.01f, -0.33f * h),
        ]);
        painter.Stroke(target, trachea, 0.06f, -0.15f, StrokeShape.Rod);
        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            Vector2[] bronchus = Curves.Through([
                new(r - 0.01f, -0.36f * h),
                new(r + (side * 0.1f), -0.22f * h),
                chest.Hilum(side),
            ]);
            painter.Stroke(target, bronchus, 0.04f, -0.08f, StrokeShape.Soft);
        }
    }

    /// <summary>Adds the roots of the lungs and the trees of vessels that thin towards the edge.</summary>
    public static void DrawVessels(Painter painter, Raster target, Chest chest, SeededRandom random)
    {
        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            var hilum = chest.Hilum(side);
            var tree = new Tree(painter, target, random, side, chest.Body.Vessels);
            painter.Ellipse(target, hilum, new Vector2(0.1f, 0.19f), side * 0.2f, 0.14f * tree.Strength, 1);
            Vector2[] artery = Curves.Through([
                hilum + new Vector2(0, -0.1f),
                hilum + new Vector2(side * 0.05f, 0.05f),
                hilum + new Vector2(side * 0.09f, 0.32f),
            ]);
            tree.DrawArtery(artery);
            const int Trunks = 11;
            for (var trunk = 0; trunk < Trunks; trunk++)
            {
                // From nearly straight up over level to nearly straight down; the lower vessels are the larger ones.
                var down = (trunk + random.Uniform(0.1f, 0.9f)) / Trunks;
                var from = hilum + new Vector2(side * random.Uniform(-0.02f, 0.06f), -0.12f + (0.3f * down));
                var width = random.Uniform(0.011f, 0.017f) * (0.85f + (0.5f * down));
                tree.Grow(from, -1.4f + (2.75f * down), width, 0);
            }
        }
    }

    private sealed class Tree(Painter painter, Raster target, SeededRandom random, int side, float strength)
    {
        private const int Pieces = 4;
        private const int LastGeneration = 4;

        public float Strength => strength;

        public void DrawArtery(ReadOnlySpan<Vector2> path)
        {
            var points = new StrokePoint[path.Length];
            for (var i = 0; i < points.Length; i++)
            {
                var t = (float)i / points.Length;
                points[i] = new StrokePoint(path[i], 0.05f - (0.028f * t), 0.12f * strength * (1 - (0.5f * t)));
            }

            painter.Stroke(target, points, StrokeShape.Soft);
        }

        public void Grow(Vector2 from, float angle, float width, int generation)
        {
            var length = random.Uniform(0.15f, 0.26f) * (1 - (0.1f * generation));
            var path = new StrokePoint[Pieces + 1];
            var at = from;
            for (var i = 0; i <= Pieces; i++)
            {
                var half = width * (1 - (0.3f * i / Pieces));
                // Trunks come out of the root's own shadow instead of adding up to a bright dot.
                var visible = generation == 0 ? Math.Min(0.25f + (0.35f * i), 1) : 1;
                path[i] = new StrokePoint(at, half, 6.5f * half * visible * strength);
                at += length / Pieces * new Vector2(side * MathF.Cos(angle), MathF.Sin(angle));
                angle += random.Uniform(-0.16f, 0.16f);
            }

            painter.Stroke(target, path, StrokeShape.Rod);
            if (generation >= LastGeneration)
            {
                return;
            }

            var fork = random.Uniform(0.2f, 0.55f);
            Grow(path[^1].At, angle - fork, width * 0.69f, generation + 1);
            Grow(path[^1].At, angle + (0.8f * fork), width * 0.63f, generation + 1);
            if (random.Chance(0.4f))
            {
                Grow(path[2].At, angle + (random.Sign() * 0.8f), width * 0.5f, generation + 2);
            }
        }
    }
}
