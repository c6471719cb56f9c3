using System.Numerics;
using CxrCluster.Synthesis.Anatomy;
using CxrCluster.Synthesis.Rendering;

namespace CxrCluster.Synthesis.Phantom;

/// <summary>The outlines of a chest from the side, facing left, in body coordinates.</summary>
internal static class LateralOutlines
{
    /// <summary>The body without the arms.</summary>
    public static Vector2[] Trunk(Body body)
    {
        var fat = 0.08f * body.Fat;
        return Closed([
            new(-0.28f, -1.8f),
            new(-0.3f, -1.25f),
            new(-0.42f, -0.85f * body.Height),
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
        ]);
    }

    /// <summary>Both lungs on top of each other.</summary>
    public static Vector2[] Lungs(Body body) =>
        Closed([
            new(-0.05f, -0.98f * body.Height),
            new(0.2f, -0.92f * body.Height),
            new(0.48f, -0.6f * body.Height),
            new(0.63f, -0.1f),
            new(0.62f, 0.45f),
            new(0.55f, 0.82f * body.Height),
            new(0.36f, 0.6f),
            new(0.02f, 0.43f - body.RightDome),
            new(-0.35f, 0.46f - body.LeftDome),
            new(-0.66f, 0.6f),
            new(-0.7f, 0.25f),
            new(-0.6f, -0.25f),
            new(-0.42f, -0.7f),
            new(-0.22f, -0.9f),
        ]);

    /// <summary>The heart, resting on the diaphragm behind the breastbone.</summary>
    public static Vector2[] Heart(Body body) =>
        Closed([
            new(-0.3f, -0.2f),
            new(-0.55f, 0.05f),
            new(-0.68f, 0.4f),
            new(-0.6f, 0.62f),
            new(-0.2f, 0.56f),
            new(0.04f * body.Heart, 0.4f),
            new(0.08f * body.Heart, 0.15f),
            new(0.0f, -0.1f),
        ]);

    /// <summary>Middle line of the aorta.</summary>
    public static Vector2[] Aorta() =>
        Curves.Through([
            new(-0.25f, 0.0f),
            new(-0.24f, -0.3f),
            new(-0.05f, -0.5f),
            new(0.22f, -0.42f),
            new(0.36f, 0),
            new(0.36f, 0.6f),
        ]);

    /// <summary>Middle line of the vertebral bodies.</summary>
    public static Vector2[] Spine() =>
        Curves.Through([
            new(0.12f, -1.5f),
            new(0.16f, -1.15f),
            new(0.4f, -0.6f),
            new(0.5f, -0.1f),
            new(0.44f, 0.45f),
            new(0.3f, 1.0f),
            new(0.24f, 1.5f),
        ]);

    private static Vector2[] Closed(ReadOnlySpan<Vector2> points) => Curves.Through(points, closed: true);
}
