using System.Numerics;
using System.Runtime.InteropServices;

namespace CxrCluster.Synthesis.Rendering;

/// <summary>A point of a stroke, in body coordinates.</summary>
/// <param name="At">Where.</param>
/// <param name="HalfWidth">Half the stroke's width there.</param>
/// <param name="Amount">What is added at full strength there.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StrokePoint(Vector2 At, float HalfWidth, float Amount);

/// <summary>How a stroke's strength falls from its middle (0) to its edge (1).</summary>
internal enum StrokeShape
{
    /// <summary>A solid rod seen from the side: a half circle.</summary>
    Rod,

    /// <summary>A bone: a shell brighter than its marrow.</summary>
    Bone,

    /// <summary>No edge at all.</summary>
    Soft,
}

/// <summary>The profiles behind the names.</summary>
internal static class StrokeShapes
{
    /// <summary>The strength at a squared share of the half width, 0 to 1.</summary>
    public static float Strength(this StrokeShape shape, float r2) =>
        shape switch
        {
            StrokeShape.Rod => MathF.Sqrt(1 - r2),
            // The shell's chord: the outer circle less 0.6 of an inner one of 0.78 of its radius.
            StrokeShape.Bone => MathF.Sqrt(1 - r2) - (r2 < 0.61f ? 0.6f * MathF.Sqrt(0.61f - r2) : 0),
            _ => (1 - r2) * (1 - r2),
        };
}
