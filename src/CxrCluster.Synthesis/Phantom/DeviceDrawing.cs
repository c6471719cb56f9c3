using System.Numerics;
using CxrCluster.Synthesis.Anatomy;
using CxrCluster.Synthesis.Plan;
using CxrCluster.Synthesis.Rendering;

namespace CxrCluster.Synthesis.Phantom;

/// <summary>Draws lines, tubes and leads over a frontal view.</summary>
internal static class DeviceDrawing
{
    /// <summary>Adds the devices; where they lie comes from <paramref name="random"/>, the patient's fresh device stream.</summary>
    public static void Draw(Painter painter, Raster target, Chest chest, Devices devices, SeededRandom random)
    {
        // Every device draws its places even when it is absent, so that losing one moves none of the others.
        var lines = new SeededRandom[5];
        for (var i = 0; i < lines.Length; i++)
        {
            lines[i] = new SeededRandom((int)random.NextBits(), RandomStream.Devices, i);
        }

        if (devices.HasFlag(Devices.CentralLine))
        {
            DrawCentralLine(painter, target, chest, lines[0]);
        }

        if (devices.HasFlag(Devices.Pacemaker))
        {
            DrawPacemaker(painter, target, chest, lines[1]);
        }

        if (devices.HasFlag(Devices.EcgLeads))
        {
            DrawLeads(painter, target, chest, lines[2]);
        }

        if (devices.HasFlag(Devices.TrachealTube))
        {
            var tip = random.Uniform(-0.55f, -0.42f) * chest.Body.Height;
            Vector2[] tube = Curves.Through([new(0.03f, -1.7f), new(0.01f, -1.1f), new(-0.01f, tip)]);
            painter.Stroke(target, tube, 0.036f, 0.05f, StrokeShape.Rod);
            painter.Stroke(target, [.. tube.Select(p => p + new Vector2(0.028f, 0))], 0.006f, 0.3f, StrokeShape.Rod);
        }

        if (devices.HasFlag(Devices.GastricTube))
        {
            var end = chest.DomeY(1);
            Vector2[] tube = Curves.Through([
                new(-0.03f, -1.7f),
                new(0, -0.8f),
                new(0.03f, 0),
                new(0.1f, end),
                new(0.34f, end + 0.25f),
                new(0.3f, end + 0.45f),
            ]);
            painter.Stroke(target, tube, 0.011f, 0.22f, StrokeShape.Rod);
        }
    }

    private static void DrawCentralLine(Painter painter, Raster target, Chest chest, SeededRandom random)
    {
        var h = chest.Body.Height;
        Vector2 tip = new(-0.13f, random.Uniform(-0.25f, 0.02f) * h);
        Vector2[] path = random.Chance(0.6f)
            ?
            [
                new(random.Uniform(-0.5f, -0.3f), -1.5f),
                new(-0.27f, -1.2f),
                new(-0.16f, -0.85f * h),
                new(-0.12f, -0.5f * h),
                tip,
            ]
            : [new(-0.95f, -0.7f), new(-0.62f, -0.84f * h), new(-0.3f, -0.8f * h), new(-0.13f, -0.6f * h), tip];
        painter.Stroke(target, Curves.Through(path), 0.011f, 0.26f, StrokeShape.Rod);
    }

    private static void DrawPacemaker(Painter painter, Raster target, Chest chest, SeededRandom random)
    {
        var (w, h) = (chest.Body.Width, chest.Body.Height);
        Vector2 can = new(random.Uniform(0.56f, 0.7f) * w, random.Uniform(-0.68f, -0.5f) * h);
        var tilt = random.Uniform(-0.4f, 0.4f);
        painter.Ellipse(target, can, new Vector2(0.15f, 0.125f), tilt, 0.75f, 0.15f);
        painter.Ellipse(target, can + new Vector2(0, -0.09f), new Vector2(0.08f, 0.05f), tilt, -0.2f, 0.3f);
        var apex = new Vector2(0.36f, chest.DomeY(1) - 0.06f);
        Vector2[] lead = Curves.Through([
            can,
            can + new Vector2(0.02f, -0.2f),
            new(0.3f, -0.8f * h),
            new(-0.06f, -0.55f * h),
            new(-0.16f, -0.1f * h),
            new(-0.08f, 0.26f * h),
            apex,
        ]);
        painter.Stroke(target, lead, 0.0085f, 0.33f, StrokeShape.Rod);
        painter.Ellipse(target, apex, new Vector2(0.03f, 0.013f), 0.3f, 0.4f, 0.3f);
        if (random.Chance(0.5f))
        {
            Vector2[] atrial = Curves.Through([
                can,
                new(0.34f, -0.78f * h),
                new(-0.04f, -0.57f * h),
                new(-0.15f, -0.08f * h),
                new(-0.17f, 0.12f * h),
                new(-0.24f, 0.05f * h),
            ]);
            painter.Stroke(target, atrial, 0.0085f, 0.33f, StrokeShape.Rod);
        }
    }

    private static void DrawLeads(Painter painter, Raster target, Chest chest, SeededRandom random)
    {
        ReadOnlySpan<Vector2> places =
        [
            new(-0.72f, -0.62f),
            new(0.74f, -0.6f),
            new(-0.7f, 0.55f),
            new(0.78f, 0.5f),
            new(0.12f, 0.05f),
        ];
        var exit = new Vector2(random.Sign() * random.Uniform(0.6f, 1.2f), random.Uniform(1.2f, 1.6f));
        var count = 3 + random.Next(3);
        for (var i = 0; i < count; i++)
        {
            var at = places[i] + new Vector2(random.Uniform(-0.1f, 0.1f), random.Uniform(-0.1f, 0.1f));
            painter.Ellipse(target, at, new Vector2(0.045f), 0, 0.1f, 0.15f);
            painter.Ellipse(target, at, new Vector2(0.02f), 0, 0.4f, 0.3f);
            var middle =
                Vector2.Lerp(at, exit, 0.5f) + new Vector2(random.Uniform(-0.35f, 0.35f), random.Uniform(-0.25f, 0.1f));
            var first = at + new Vector2(random.Uniform(-0.2f, 0.2f), random.Uniform(0.05f, 0.25f));
            painter.Stroke(
                target,
                Curves.Through([at, first, middle, exit], steps: 14),
                0.0095f,
                0.19f,
                StrokeShape.Rod
            );
        }
    }
}
