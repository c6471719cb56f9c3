using System.Numerics;
using CxrCluster.Synthesis.Rendering;

namespace CxrCluster.Synthesis.Tests.Rendering;

public sealed class PainterTests
{
    private static readonly Frame Tilted = new(new Vector2(50, 40), 30, 0.3f);

    [Fact]
    public void Frame_ToBody_UndoesToPixel()
    {
        var body = new Vector2(-0.7f, 0.4f);
        var pixel = Tilted.ToPixel(body);

        var back = Tilted.ToBody(pixel.X, pixel.Y);

        Assert.Equal(body.X, back.X, 1e-5f);
        Assert.Equal(body.Y, back.Y, 1e-5f);
    }

    [Fact]
    public void Fill_Square_CoversItsAreaWhateverTheTilt()
    {
        var painter = new Painter(100, 80, Tilted);

        Vector2[] square = [new(-0.5f, -0.5f), new(0.5f, -0.5f), new(0.5f, 0.5f), new(-0.5f, 0.5f)];
        var raster = painter.Fill(square);

        // One pixel of blurred edge on a perimeter of 120.
        Assert.Equal(30 * 30, raster.Sum(), 130.0);
        Assert.Equal(1, raster.Values[(40 * 100) + 50]);
        Assert.Equal(0, raster.Values[0]);
    }

    [Fact]
    public void Ellipse_Tilted_HasTheVolumeOfHalfAnEllipsoid()
    {
        var painter = new Painter(100, 80, Tilted);
        var raster = painter.Blank();

        painter.Ellipse(raster, new Vector2(0.1f, 0), new Vector2(0.6f, 0.3f), 0.5f, 2);

        var volume = 2.0 / 3 * Math.PI * (0.6 * 30) * (0.3 * 30) * 2;
        Assert.Equal(volume, raster.Sum(), 0.01 * volume);
    }

    [Fact]
    public void Stroke_CrossingItself_CountsTheCrossingOnce()
    {
        var painter = new Painter(100, 80, Tilted);
        var raster = painter.Blank();

        painter.Stroke(raster, [new(-0.5f, 0), new(0.5f, 0), new(0, -0.5f), new(0, 0.5f)], 0.1f, 1, StrokeShape.Rod);

        Assert.InRange(raster.Values.Max(), 0.95f, 1f);
    }

    [Fact]
    public void Stroke_ThinnerThanAPixel_BecomesFainterInsteadOfBroken()
    {
        var painter = new Painter(100, 80, Tilted);
        Raster Draw(float halfWidth)
        {
            var raster = painter.Blank();
            painter.Stroke(raster, [new(-0.5f, 0), new(0.5f, 0)], halfWidth, 1, StrokeShape.Rod);
            return raster;
        }

        var thin = Draw(0.3f / 30).Sum();

        Assert.Equal(30 * 0.3 * Math.PI / 2, thin, 3.0);
    }

    [Theory]
    [InlineData(-5f, -5f)]
    [InlineData(5f, 0f)]
    [InlineData(0f, 5f)]
    public void EveryShape_OutsideThePicture_DrawsNothing(float x, float y)
    {
        var painter = new Painter(100, 80, Tilted);
        var raster = painter.Blank();
        var at = new Vector2(x, y);

        painter.Ellipse(raster, at, new Vector2(0.3f), 0, 1);
        painter.Stroke(raster, [at, at + new Vector2(0.1f)], 0.05f, 1, StrokeShape.Soft);
        painter.Merge(raster, at - new Vector2(0.1f), at + new Vector2(0.1f), _ => 1);

        Assert.Equal(0, raster.Sum());
        Vector2[] triangle = [at, at + new Vector2(0.1f, 0), at + new Vector2(0, 0.1f)];
        Assert.Equal(0, painter.Fill(triangle).Sum());
    }

    [Fact]
    public void Merge_TwoHalves_MakeThreeQuarters()
    {
        var painter = new Painter(100, 80, Tilted);
        var raster = painter.Blank();

        painter.Merge(raster, new Vector2(-0.2f), new Vector2(0.2f), _ => 0.5f);
        painter.Merge(raster, new Vector2(-0.2f), new Vector2(0.2f), _ => 0.5f);

        Assert.Equal(0.75f, raster.Values[(40 * 100) + 50]);
    }
}
