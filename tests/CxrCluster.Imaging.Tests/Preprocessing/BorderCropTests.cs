using CxrCluster.Imaging.Preprocessing;
using CxrCluster.Imaging.Tests.Support;
using FsCheck.Fluent;
using OpenCvSharp;

namespace CxrCluster.Imaging.Tests.Preprocessing;

public sealed class BorderCropTests
{
    private static readonly Radiograph Chest = Pictures.Chest(240, 200);

    [Fact]
    public void Find_NoBorder_KeepsEverything()
    {
        Assert.Equal(new PixelRect(0, 0, 240, 200), BorderCrop.Find(Chest));
    }

    [Fact]
    public void Find_AnyFlatBorder_CutsAllButOneLineOfIt()
    {
        var cases =
            from widths in Gen.Choose(0, 60).ArrayOf(4)
            from value in Gen.Elements(0, 2, 255)
            select (widths, value);
        Cases.AllHold(
            cases,
            one =>
            {
                var (left, top, right, bottom) = (one.widths[0], one.widths[1], one.widths[2], one.widths[3]);
                var framed = Pictures.Framed(Chest, left, top, right, bottom, one.value);
                Assert.Equal(Around(left, top, right, bottom), BorderCrop.Find(framed));
            }
        );
    }

    [Fact]
    public void Find_BlackBorderInsideAWhitePage_CutsBoth()
    {
        var framed = Pictures.Framed(Pictures.Framed(Chest, 12, 9, 20, 15, 0), 30, 5, 8, 25, 255);

        Assert.Equal(new PixelRect(41, 13, 242, 202), BorderCrop.Find(framed));
    }

    [Fact]
    public void Find_BorderWithNoiseOfAFewLevels_IsCut()
    {
        var random = new Random(4);
        var framed = Pictures.Framed(Chest, 20, 30, 40, 10, 0);
        var noisy = Pictures.Of(
            framed.Width,
            framed.Height,
            8,
            (x, y) => framed.Pixels[(y * framed.Width) + x] is var value and > 0 ? value : random.Next(6)
        );

        Assert.Equal(Around(20, 30, 40, 10), BorderCrop.Find(noisy));
    }

    [Theory]
    [InlineData(0, 255)]
    [InlineData(255, 0)]
    public void Find_TextOnTheMargin_IsCutWithIt(int margin, int ink)
    {
        var framed = Pictures.Framed(Chest, 40, 50, 30, 20, margin);
        using var view = Mat.FromPixelData(framed.Height, framed.Width, MatType.CV_16UC1, framed.Pixels);
        Write(view, "PORTABLE AP 14:05", 45, 18, 0.5);
        Write(view, "ERECT", 200, 40, 0.4);
        Write(view, "R", 8, 120, 1.0);
        Write(view, "512", 284, 160, 0.3);

        Assert.Equal(Around(40, 50, 30, 20), BorderCrop.Find(framed));

        void Write(Mat target, string text, int x, int y, double scale) =>
            Cv2.PutText(target, text, new Point(x, y), HersheyFonts.HersheySimplex, scale, Scalar.All(ink));
    }

    [Fact]
    public void Find_LargeDeepPicture_CutsToWithinTwoOfItsCoarseLines()
    {
        // 2500 pixels are searched as 768: up to two coarse lines of 3.3 pixels may stay, none of the picture may go.
        var chest = new BilinearResize(1900).Apply(Pictures.Chest(300, 300));
        var deep = Pictures.Of(1900, 1900, 16, (x, y) => chest.Pixels[(y * 1900) + x] * 250);
        var framed = Pictures.Framed(deep, 400, 100, 200, 60, 0);

        var crop = BorderCrop.Find(framed);

        Assert.InRange(crop.X, 392, 400);
        Assert.InRange(crop.Y, 92, 100);
        Assert.InRange(crop.Right, 2300, 2308);
        Assert.InRange(crop.Bottom, 2000, 2008);
    }

    [Fact]
    public void Find_AlmostNothingButBorder_KeepsEverything()
    {
        var framed = Pictures.Framed(Pictures.Chest(40, 40), 200, 200, 200, 200, 0);

        Assert.Equal(new PixelRect(0, 0, 440, 440), BorderCrop.Find(framed));
    }

    [Fact]
    public void Find_DarkAirBesideTheBody_IsNoBorder()
    {
        // Air is dark but not flat: its column varies by more than the tolerance.
        var picture = Pictures.Of(240, 200, 8, (x, y) => x < 60 ? 5 + x + (y / 4) : Chest.Pixels[(y * 240) + x]);

        Assert.Equal(new PixelRect(0, 0, 240, 200), BorderCrop.Find(picture));
    }

    [Fact]
    public void Apply_Border_GivesThePartThatFindNames()
    {
        var framed = Pictures.Framed(Chest, 11, 22, 33, 44, 0);
        var crop = BorderCrop.Find(framed);

        var cut = BorderCrop.Apply(framed);

        Assert.Equal((crop.Width, crop.Height, 8), (cut.Width, cut.Height, cut.BitDepth));
        for (var y = 0; y < cut.Height; y++)
        {
            Assert.Equal(
                framed.Pixels.AsSpan(((y + crop.Y) * framed.Width) + crop.X, crop.Width),
                cut.Pixels.AsSpan(y * cut.Width, cut.Width)
            );
        }
    }

    /// <summary>The chest and one line of every border there is.</summary>
    private static PixelRect Around(int left, int top, int right, int bottom)
    {
        var (x, y) = (Math.Max(0, left - 1), Math.Max(0, top - 1));
        return new PixelRect(
            x,
            y,
            left + Chest.Width + Math.Min(1, right) - x,
            top + Chest.Height + Math.Min(1, bottom) - y
        );
    }
}
