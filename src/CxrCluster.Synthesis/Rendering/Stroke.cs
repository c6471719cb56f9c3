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
