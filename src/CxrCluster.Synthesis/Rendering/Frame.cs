using System.Numerics;
using System.Runtime.InteropServices;

namespace CxrCluster.Synthesis.Rendering;

/// <summary>
/// Where the body is in a picture. Body coordinates: x to the right of the picture (the patient's left in a frontal view),
/// y down, origin in the middle of the chest, unit about half the width of the chest.
/// </summary>
/// <param name="Center">The body's origin in pixels.</param>
/// <param name="Scale">Pixels per unit.</param>
/// <param name="Angle">Clockwise tilt in radians.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Frame(Vector2 Center, float Scale, float Angle)
{
    private readonly float _cos = MathF.Cos(Angle);
    private readonly float _sin = MathF.Sin(Angle);

    /// <summary>Body to pixel coordinates.</summary>
    public Vector2 ToPixel(Vector2 body) =>
        Center + (Scale * new Vector2((body.X * _cos) - (body.Y * _sin), (body.X * _sin) + (body.Y * _cos)));

    /// <summary>Pixel to body coordinates.</summary>
    public Vector2 ToBody(float x, float y)
    {
        var dx = (x - Center.X) / Scale;
        var dy = (y - Center.Y) / Scale;
        return new Vector2((dx * _cos) + (dy * _sin), (dy * _cos) - (dx * _sin));
    }
}
