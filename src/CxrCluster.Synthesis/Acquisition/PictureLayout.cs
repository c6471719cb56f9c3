using System.Numerics;
using CxrCluster.Synthesis.Plan;
using CxrCluster.Synthesis.Rendering;
using OpenCvSharp;

namespace CxrCluster.Synthesis.Acquisition;

/// <summary>Size of a picture, its exposed part, and where the body is in it.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Exposed">What the collimator leaves open; black around it.</param>
/// <param name="Frame">Where the body is.</param>
internal sealed record PictureLayout(int Width, int Height, Rect Exposed, Frame Frame)
{
    // The part of the body that must be visible, in body units.
    private const float BodyWidth = 2.22f;
    private const float BodyHeight = 2.3f;

    /// <summary>The layout of an image.</summary>
    /// <param name="machine">Gives resolution, aspect and collimation.</param>
    /// <param name="side">Long side of the cohort's largest pictures.</param>
    /// <param name="projection">A portable machine is aimed less carefully.</param>
    /// <param name="random">The image's pose stream.</param>
    public static PictureLayout Create(Machine machine, int side, Projection projection, SeededRandom random)
    {
        var longSide = side * machine.RelativeSide;
        var width = (int)MathF.Round(machine.Aspect >= 1 ? longSide : longSide * machine.Aspect);
        var height = (int)MathF.Round(machine.Aspect >= 1 ? longSide / machine.Aspect : longSide);
        var bordered = random.Chance(machine.BorderChance);
        int Border(int length)
        {
            var share = random.Chance(0.6f) ? random.Uniform(0.01f, 0.09f) : 0;
            return bordered ? (int)(share * length) : 0;
        }

        var (left, right, top, bottom) = (Border(width), Border(width), Border(height), Border(height));
        var exposed = new Rect(left, top, width - left - right, height - top - bottom);
        var scale = Math.Min(exposed.Width / BodyWidth, exposed.Height / BodyHeight) * random.Uniform(0.88f, 1.02f);
        var tilt = projection == Projection.AP ? 0.03f : 0.012f;
        var center = new Vector2(
            exposed.Left + (exposed.Width * (0.5f + (0.012f * random.Normal()))),
            exposed.Top + (exposed.Height * (0.52f + (0.012f * random.Normal())))
        );
        return new PictureLayout(width, height, exposed, new Frame(center, scale, tilt * random.Normal()));
    }
}
