using CxrCluster.Imaging.Eligibility;
using CxrCluster.Imaging.Tests.Support;
using OpenCvSharp;

namespace CxrCluster.Imaging.Tests.Eligibility;

public sealed class RectangularArtifactDetectorTests
{
    private static readonly RectangularArtifactDetector Detector = new();
    private static readonly PixelRect Box = new(90, 60, 80, 70);

    [Theory]
    [InlineData(0)]
    [InlineData(128)]
    [InlineData(255)]
    public void Detect_ConstantBox_IsFoundWhereItIs(int value)
    {
        var found = Detector.Detect(Boxed(value));

        AssertIsBox(found, 3);
    }

    [Theory]
    [InlineData(".jpg", 128)]
    [InlineData(".jpg", 0)]
    public void Detect_BoxInAJpeg_IsFound(string ending, int value)
    {
        using var view = AsBytes(Boxed(value));
        Cv2.ImEncode(ending, view, out var bytes, new ImageEncodingParam(ImwriteFlags.JpegQuality, 75));

        AssertIsBox(Detector.Detect(RadiographReader.Read(bytes, "box")), 12);
    }

    [Fact]
    public void Detect_BoxWithFaintTexture_IsFound()
    {
        var random = new Random(2);
        var chest = Chest();
        var boxed = Pictures.Of(
            chest.Width,
            chest.Height,
            8,
            (x, y) => Box.Contains(x, y) ? 250 - random.Next(5) : chest.Pixels[(y * chest.Width) + x]
        );

        AssertIsBox(Detector.Detect(boxed), 3);
    }

    [Fact]
    public void Detect_DrawnFrame_IsFound()
    {
        var chest = Chest();
        using var view = Mat.FromPixelData(chest.Height, chest.Width, MatType.CV_16UC1, chest.Pixels);
        Cv2.Rectangle(view, new Rect(Box.X, Box.Y, Box.Width, Box.Height), Scalar.All(255), 2);

        AssertIsBox(Detector.Detect(chest), 4);
    }

    [Fact]
    public void Detect_PastedInsetOfAnotherPicture_IsFound()
    {
        var (chest, other) = (Chest(), Pictures.Chest(Box.Width, Box.Height, seed: 9));
        var pasted = Pictures.Of(
            chest.Width,
            chest.Height,
            8,
            (x, y) =>
                Box.Contains(x, y)
                    ? 255 - (other.Pixels[((y - Box.Y) * Box.Width) + x - Box.X] / 2)
                    : chest.Pixels[(y * chest.Width) + x] / 2
        );

        AssertIsBox(Detector.Detect(pasted), 4);
    }

    [Theory]
    [InlineData(0, 60)]
    [InlineData(200, 60)]
    [InlineData(0, 0)]
    [InlineData(200, 150)]
    public void Detect_BlackBoxAtTheSideBesideABlackBorder_IsFound(int x, int y)
    {
        var box = Box with { X = x, Y = y };
        var chest = Chest();
        var boxed = Pictures.Of(
            chest.Width,
            chest.Height,
            8,
            (column, row) => box.Contains(column, row) ? 0 : chest.Pixels[(row * chest.Width) + column]
        );

        var found = Detector.Detect(Pictures.Framed(boxed, 30, 30, 30, 30, 0));

        AssertNear(box with { X = box.X + 30, Y = box.Y + 30 }, found, 5);
    }

    [Fact]
    public void Detect_LargeDeepPicture_FindsTheBoxInItsOwnPixels()
    {
        var chest = Chest();
        using var small = Mat.FromPixelData(chest.Height, chest.Width, MatType.CV_16UC1, chest.Pixels);
        using var large = new Mat();
        Cv2.Resize(small, large, new Size(2000, 1571), 0, 0, InterpolationFlags.Cubic);
        var rows = large.AsRows<ushort>();
        var pixels = new ushort[2000 * 1571];
        for (var y = 0; y < 1571; y++)
        {
            for (var x = 0; x < 2000; x++)
            {
                var inside = x is >= 700 and < 1300 && y is >= 400 and < 900;
                pixels[(y * 2000) + x] = (ushort)(inside ? 30_000 : Math.Min(65535, rows[y][x] * 200));
            }
        }

        var found = Detector.Detect(new Radiograph(2000, 1571, 16, pixels, Pictures.Provenance));

        AssertNear(new PixelRect(700, 400, 600, 500), found, 20);
    }

    [Fact]
    public void Detect_Box_SaysSizePlaceAndRemedy()
    {
        var found = Detector.Detect(Boxed(255));

        Assert.NotNull(found);
        var (area, text) = (found.Area, found.Description);
        Assert.Contains(
            $"{area.Width} x {area.Height} pixels at ({area.X}, {area.Y}) covers 9 %",
            text,
            StringComparison.Ordinal
        );
        Assert.Contains("; export the radiograph without", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Detect_PlainChest_IsNull()
    {
        Assert.Null(Detector.Detect(Chest()));
    }

    [Fact]
    public void Detect_PureNoise_IsNull()
    {
        foreach (var seed in Enumerable.Range(1, 60))
        {
            var side = 32 + (seed * 8);
            Assert.Null(Detector.Detect(Pictures.Noise(side, side - (seed % 7), 8 + (seed % 9), seed)));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    public void Detect_Borders_AreNoArtifacts(int value)
    {
        foreach (
            var (left, top, right, bottom) in new[] { (40, 0, 0, 0), (0, 30, 0, 50), (60, 60, 60, 60), (0, 0, 0, 90) }
        )
        {
            Assert.Null(Detector.Detect(Pictures.Framed(Chest(), left, top, right, bottom, value)));
        }
    }

    [Fact]
    public void Detect_SideMarkerOrLabel_IsTooSmall()
    {
        var chest = Chest();
        var labelled = Pictures.Of(
            chest.Width,
            chest.Height,
            8,
            (x, y) => x is >= 10 and < 55 && y is >= 12 and < 42 ? 255 : chest.Pixels[(y * chest.Width) + x]
        );

        Assert.Null(Detector.Detect(labelled));
    }

    [Fact]
    public void Detect_SaturatedRoundArea_IsNoRectangle()
    {
        var chest = Chest();
        var saturated = Pictures.Of(
            chest.Width,
            chest.Height,
            8,
            (x, y) =>
                ((x - 140) * (x - 140)) + ((y - 150) * (y - 150)) < 55 * 55 ? 255 : chest.Pixels[(y * chest.Width) + x]
        );

        Assert.Null(Detector.Detect(saturated));
    }

    private static Radiograph Chest() => Pictures.Chest(280, 220);

    private static Radiograph Boxed(int value)
    {
        var chest = Chest();
        return Pictures.Of(
            chest.Width,
            chest.Height,
            8,
            (x, y) => Box.Contains(x, y) ? value : chest.Pixels[(y * chest.Width) + x]
        );
    }

    private static Mat AsBytes(Radiograph r)
    {
        using var view = Mat.FromPixelData(r.Height, r.Width, MatType.CV_16UC1, r.Pixels);
        var bytes = new Mat();
        view.ConvertTo(bytes, MatType.CV_8UC1);
        return bytes;
    }

    private static void AssertIsBox(RectangularArtifact? found, int tolerance) => AssertNear(Box, found, tolerance);

    private static void AssertNear(PixelRect expected, RectangularArtifact? found, int tolerance)
    {
        Assert.NotNull(found);
        Assert.InRange(found.Area.X - expected.X, -tolerance, tolerance);
        Assert.InRange(found.Area.Y - expected.Y, -tolerance, tolerance);
        Assert.InRange(found.Area.Right - expected.Right, -tolerance, tolerance);
        Assert.InRange(found.Area.Bottom - expected.Bottom, -tolerance, tolerance);
    }
}
