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
        var h = body.Height;
        var fat = 0.08f * body.Fat;
        var target = Tissue(painter, body, fat);

        Vector2[] spine = Curves.Through([
            new(0.12f, -1.5f),
            new(0.16f, -1.15f),
            new(0.4f, -0.6f),
            new(0.5f, -0.1f),
            new(0.44f, 0.45f),
            new(0.3f, 1.0f),
            new(0.24f, 1.5f),
        ]);
        var lung = painter.Fill(
            Curves.Through(
                [
                    new(-0.05f, -0.98f * h),
                    new(0.2f, -0.92f * h),
                    new(0.48f, -0.6f * h),
                    new(0.63f, -0.1f),
                    new(0.62f, 0.45f),
                    new(0.55f, 0.82f * h),
                    new(0.36f, 0.6f),
                    new(0.02f, 0.43f),
                    new(-0.35f, 0.46f),
                    new(-0.66f, 0.6f),
                    new(-0.7f, 0.25f),
                    new(-0.6f, -0.25f),
                    new(-0.42f, -0.7f),
                    new(-0.22f, -0.9f),
                ],
                closed: true
            )
        );
        lung.Blur(0.01f * painter.Frame.Scale);
        var heart = painter.Fill(
            Curves.Through(
                [
                    new(-0.3f, -0.22f),
                    new(-0.56f, 0.05f),
                    new(-0.62f, 0.35f),
                    new(-0.4f, 0.5f),
                    new(-0.08f, 0.46f),
                    new(0.1f * body.Heart, 0.2f),
                    new(0.04f, -0.1f),
                ],
                closed: true
            )
        );
        Vector2[] aorta = Curves.Through([
            new(-0.25f, 0.0f),
            new(-0.24f, -0.3f),
            new(-0.05f, -0.5f),
            new(0.22f, -0.42f),
            new(0.36f, 0),
            new(0.36f, 0.6f),
        ]);
        painter.Stroke(heart, aorta, 0.085f, 0.45f, StrokeShape.Soft);
        heart.Blur(0.02f * painter.Frame.Scale);
        var random = image.PatientRandom(seed, RandomStream.Disease);
        var clouds = new Clouds(random, 0.2f, 4);
        var density = 0.55f * image.Severity;
        for (var i = 0; i < target.Values.Length; i++)
        {
            target.Values[i] -= 0.72f * lung.Values[i] * Math.Max(1 - heart.Values[i], 0.12f);
        }

        for (var i = 0; i < 3; i++)
        {
            var place = new Vector2(random.Uniform(0.1f, 0.5f), random.Uniform(-0.2f, 0.6f));
            painter.Ellipse(
                target,
                place,
                new Vector2(random.Uniform(0.15f, 0.3f), random.Uniform(0.15f, 0.3f)),
                0,
                0.3f * density * (1 + (0.5f * clouds.At(place))),
                1
            );
        }

        painter.Ellipse(target, new Vector2(0.02f, -0.08f), new Vector2(0.13f, 0.18f), 0.3f, 0.16f, 1);
        painter.Stroke(
            target,
            [new Vector2(-0.02f, -1.6f), new Vector2(0.06f, -0.9f), new Vector2(0.04f, -0.25f)],
            0.055f,
            -0.16f,
            StrokeShape.Rod
        );
        DrawSpine(painter, target, body, spine);
        for (var rib = 0; rib < 10; rib++)
        {
            var from = Curves.Along(spine, 0.2f + (0.062f * rib)) + new Vector2(0.1f, 0);
            var drop = 0.35f + (0.02f * rib);
            Vector2[] path = Curves.Through([
                from,
                from + new Vector2(-0.22f, 0.06f),
                from + new Vector2(-0.55f, drop * 0.75f),
                from + new Vector2(-0.86f, drop * 1.5f),
            ]);
            painter.Stroke(
                target,
                [
                    .. path.Select(
                        (p, i) => new StrokePoint(p, 0.03f, 0.085f * body.Bone * (1 - (0.75f * i / path.Length)))
                    ),
                ],
                StrokeShape.Bone
            );
        }

        Vector2[] sternum = Curves.Through([new(-0.34f, -0.82f * h), new(-0.56f, -0.4f), new(-0.74f, 0.2f)]);
        painter.Stroke(target, sternum, 0.035f, 0.16f * body.Bone, StrokeShape.Bone);
        return new ChestPhantom(target, null, 0);
    }

    private static Raster Tissue(Painter painter, Body body, float fat)
    {
        var h = body.Height;
        var outline = painter.Fill(
            Curves.Through(
                [
                    new(-0.28f, -1.8f),
                    new(-0.3f, -1.25f),
                    new(-0.42f, -0.85f * h),
                    new(-0.7f - fat, -0.3f),
                    new(-0.86f - fat - (0.1f * body.Breasts), 0.2f),
                    new(-0.85f - (2 * fat), 0.7f),
                    new(-0.8f - (2 * fat), 1.8f),
                    new(0.6f + fat, 1.8f),
                    new(0.66f + fat, 1.0f),
                    new(0.8f + fat, 0.2f),
                    new(0.78f + fat, -0.4f),
                    new(0.62f + fat, -0.9f),
                    new(0.42f, -1.25f),
                    new(0.42f, -1.8f),
                ],
                closed: true
            )
        );
        // Depth grows from the edge inwards: the outline times a wide blur of itself.
        var depth = outline.Copy();
        depth.Blur(0.16f * painter.Frame.Scale);
        for (var i = 0; i < outline.Values.Length; i++)
        {
            var inside = Math.Clamp((depth.Values[i] - 0.42f) / 0.5f, 0, 1);
            outline.Values[i] *= 0.12f + (0.88f * MathF.Sqrt(inside));
        }

        // Raised arms.
        painter.Stroke(
            outline,
            [new Vector2(0.1f, -0.85f), new Vector2(-0.4f, -1.25f), new Vector2(-1.0f, -1.7f)],
            0.2f,
            0.4f,
            StrokeShape.Rod
        );
        painter.Stroke(
            outline,
            [new Vector2(0.15f, -0.95f), new Vector2(-0.4f, -1.3f), new Vector2(-1.0f, -1.75f)],
            0.06f,
            0.22f,
            StrokeShape.Bone
        );
        return outline;
    }

    private static void DrawSpine(Painter painter, Raster target, Body body, Vector2[] spine)
    {
        const int Vertebrae = 17;
        for (var i = 0; i < Vertebrae; i++)
        {
            var t = (i + 0.5f) / Vertebrae;
            var at = Curves.Along(spine, t);
            var along = Vector2.Normalize(Curves.Along(spine, t + 0.02f) - Curves.Along(spine, t - 0.02f));
            var half = new Vector2(-along.Y, along.X) * (0.085f + (0.002f * i));
            painter.Stroke(target, [at - half, at + half], 0.074f, 0.16f * body.Bone, StrokeShape.Rod);
            painter.Stroke(
                target,
                [at - (half * 1.1f), at - (half * 2.2f) + (along * 0.06f)],
                0.03f,
                0.08f * body.Bone,
                StrokeShape.Rod
            );
        }
    }
}
