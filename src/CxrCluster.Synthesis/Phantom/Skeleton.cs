using System.Numerics;
using CxrCluster.Synthesis.Anatomy;
using CxrCluster.Synthesis.Rendering;

namespace CxrCluster.Synthesis.Phantom;

/// <summary>Draws the bones of a frontal view.</summary>
internal static class Skeleton
{
    private const float FirstVertebra = -1.09f;
    private const float VertebraStep = 0.158f;

    /// <summary>Adds ribs, spine, collarbones, shoulder blades and arms.</summary>
    public static void Draw(Painter painter, Raster target, Chest chest)
    {
        DrawSpine(painter, target, chest);
        for (var rib = 0; rib < 11; rib++)
        {
            DrawRib(painter, target, chest, rib, -1);
            DrawRib(painter, target, chest, rib, 1);
        }

        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            DrawShoulder(painter, target, chest, side);
        }
    }

    // A rib is a curve on the rib cage: from the spine backwards and down to the flank, then steeply down to the front. Seen
    // from the front the back half is nearly level and the front half steep, and both are densest where they turn.
    private static void DrawRib(Painter painter, Raster target, Chest chest, int rib, int side)
    {
        const int Points = 36;
        var body = chest.Body;
        var start =
            (FirstVertebra + (rib * VertebraStep) + 0.05f + (0.012f * MathF.Sin((2.4f * rib) + body.RibPhase + side)))
            * body.Height;
        var back = body.RibSlope * (0.13f + (0.022f * rib)) * (1 + (0.07f * MathF.Sin((3.7f * rib) - body.RibPhase)));
        var front = body.RibSlope * (0.2f + (0.028f * rib));
        // The lower ribs end earlier: their cartilage does not show.
        var end = (rib < 7 ? 148 : 148 - (17 * (rib - 6))) * (MathF.PI / 180);
        var path = new StrokePoint[Points + 1];
        for (var i = 0; i <= Points; i++)
        {
            var angle = end * i / Points;
            var forward = Math.Max(angle - (MathF.PI / 2), 0);
            var y = start + (back * (1 - MathF.Cos(Math.Min(angle, MathF.PI / 2)))) - (0.035f * MathF.Sin(2 * angle));
            y += ((back * forward) + (front * forward * forward)) * 0.75f;
            var wall = chest.Wall.At(y - (0.1f * forward)) + 0.015f;
            var x = chest.SpineX(y) + (side * Math.Max(wall * MathF.Sin(angle), 0.04f));
            // Thin at the flank, where the long way through the curved wall adds up by itself.
            var amount = 0.085f + (0.06f * MathF.Abs(MathF.Cos(angle))) - (0.03f * forward);
            // Cartilage takes over from bone at the front.
            amount *= 1 - Curves.SmoothStep(end - 0.25f, end, angle);
            var half = 0.031f + (0.012f * forward) + (rib == 0 ? 0.008f : 0);
            path[i] = new StrokePoint(new Vector2(x, y), half, amount * body.Bone);
        }

        var split = Math.Min((int)(Points * (MathF.PI / 2) / end) + 2, path.Length);
        // Drawn as two strokes: where the front passes over the back the X-ray crosses bone twice.
        painter.Stroke(target, path.AsSpan(0, split), StrokeShape.Bone);
        if (split < path.Length)
        {
            painter.Stroke(target, path.AsSpan(split - 1), StrokeShape.Bone);
        }
    }

    private static void DrawSpine(Painter painter, Raster target, Chest chest)
    {
        var body = chest.Body;
        for (var i = -3; i < 16; i++)
        {
            var y = (FirstVertebra + (i * VertebraStep)) * body.Height;
            var x = chest.SpineX(y);
            var half = 0.1f + (0.003f * i);
            var amount = 0.105f * body.Bone;
            // The body: a level rod with waisted ends makes the disc spaces.
            painter.Stroke(
                target,
                [
                    new StrokePoint(new Vector2(x - half, y), 0.066f * body.Height, amount),
                    new StrokePoint(new Vector2(x + half, y), 0.066f * body.Height, amount),
                ],
                StrokeShape.Rod
            );
            foreach (var side in (ReadOnlySpan<int>)[-1, 1])
            {
                var pedicle = new Vector2(x + (side * half * 0.72f), y - 0.012f);
                painter.Ellipse(target, pedicle, new Vector2(0.022f, 0.03f), 0, 0.05f * body.Bone);
                var process = new Vector2(x + (side * half), y - 0.02f);
                Vector2[] transverse = [process, process + new Vector2(side * 0.1f, -0.03f)];
                painter.Stroke(target, transverse, 0.024f, 0.05f * body.Bone, StrokeShape.Rod);
            }

            painter.Ellipse(target, new Vector2(x, y + 0.05f), new Vector2(0.016f, 0.04f), 0, 0.06f * body.Bone);
        }
    }

    private static void DrawShoulder(Painter painter, Raster target, Chest chest, int side)
    {
        var (w, h, bone, arms) = (chest.Body.Width, chest.Body.Height, chest.Body.Bone, chest.Stance.Arms);
        // The inner end of the collarbone stays with the breastbone, the rest follows the shoulder.
        Vector2 At(float x, float y) =>
            new Vector2(side * x * w, (y * h) + (Math.Min(x, 1) * chest.Stance.Shoulders))
            + new Vector2((1 - Math.Min(x, 1)) * chest.Stance.Rotation, 0);
        Vector2[] clavicle = Curves.Through([At(0.08f, -0.76f), At(0.3f, -0.84f), At(0.62f, -0.97f), At(1.02f, -1.0f)]);
        painter.Stroke(target, clavicle, 0.038f, 0.17f * bone, StrokeShape.Bone);

        Vector2[] blade =
        [
            At(0.72f, -0.93f),
            At(0.78f, -0.55f),
            At(0.84f, -0.2f),
            At(0.93f, -0.38f),
            At(1.06f, -0.7f),
            At(0.95f, -0.86f),
        ];
        var fill = painter.Fill(Curves.Through(blade, closed: true));
        fill.Blur(0.006f * painter.Frame.Scale);
        for (var i = 0; i < fill.Values.Length; i++)
        {
            target.Values[i] += 0.055f * bone * fill.Values[i];
        }

        Vector2[] border = Curves.Through([At(0.84f, -0.22f), At(0.94f, -0.4f), At(1.05f, -0.68f)]);
        painter.Stroke(target, border, 0.03f, 0.09f * bone, StrokeShape.Rod);
        Vector2[] spine = Curves.Through([At(0.76f, -0.8f), At(0.95f, -0.9f), At(1.12f, -0.98f)]);
        painter.Stroke(target, spine, 0.03f, 0.1f * bone, StrokeShape.Bone);

        painter.Ellipse(target, At(1.17f, -0.8f), new Vector2(0.115f, 0.13f), 0, 0.15f * bone);
        Vector2[] humerus = Curves.Through([
            At(1.2f, -0.72f),
            At(1.27f + (0.4f * arms), -0.2f),
            At(1.3f + arms, 0.5f),
            At(1.3f + (1.3f * arms), 1.4f),
        ]);
        painter.Stroke(target, humerus, 0.068f, 0.2f * bone, StrokeShape.Bone);
    }
}
