using CxrCluster.Imaging.Explanations;
using OpenCvSharp;

namespace CxrCluster.Imaging.Tests.Explanations;

public class HeatMapOverlayTests
{
    private const int Side = 400;

    [Fact]
    public void Draw_NoHeat_LeavesTheRadiographAsItIs()
    {
        SquareImage square = Square((x, y) => (x + y) % 256);

        ColourImage picture = HeatMapOverlay.Draw(square, Square((_, _) => 0));

        for (int y = 0; y < Side; y += 7)
        for (int x = 0; x < Side; x += 7)
        {
            byte gray = square.Pixels[y * Side + x];
            Assert.Equal((gray, gray, gray), At(picture, x, y));
        }
    }

    [Fact]
    public void Draw_MoreHeat_IsBrighterOnBlack()
    {
        SquareImage heat = Square((x, _) => x * 255 / (Side - 1));

        ColourImage picture = HeatMapOverlay.Draw(Square((_, _) => 0), heat);

        double[] brightness =
        [
            .. Enumerable.Range(0, Side).Where(x => x % 20 == 0).Select(x => Luminance(At(picture, x, 50))),
        ];
        Assert.Equal(brightness.Order(), brightness);
        Assert.True(brightness[^1] > 100);
    }

    [Fact]
    public void Draw_LegendAndText_AreBesideAndBelowThePicture()
    {
        SquareImage square = Square((_, _) => 0);

        ColourImage bare = HeatMapOverlay.Draw(square, square);
        ColourImage written = HeatMapOverlay.Draw(square, square, null, "Not for diagnosis", new string('w', 300));

        Assert.True(bare.Width > Side);
        Assert.Equal(Side, bare.Height);
        Assert.True(written.Height > Side);
        // strongest above, none below
        int bar = Side + Side / 24;
        Assert.True(Luminance(At(bare, bar, Side / 8)) > Luminance(At(bare, bar, Side * 7 / 8)) + 50);
        // a line that is too long is made smaller, not cut off
        Assert.All(
            Enumerable.Range(0, written.Height),
            y => Assert.Equal((0, 0, 0), At(written, written.Width - 1, y))
        );
        Assert.Contains(Enumerable.Range(0, written.Width), x => At(written, x, Side + Side / 22 - 4) != (0, 0, 0));
    }

    [Fact]
    public void Draw_Lungs_AreOutlinedNotFilled()
    {
        SquareImage nothing = Square((_, _) => 0);
        SquareImage lungs = Square((x, y) => x is > 100 and < 300 && y is > 100 and < 300 ? 255 : 0);

        ColourImage picture = HeatMapOverlay.Draw(nothing, nothing, lungs);

        Assert.Equal((0, 0, 0), At(picture, 200, 200));
        Assert.NotEqual((0, 0, 0), At(picture, 101, 200));
    }

    [Fact]
    public void Draw_SmallSquare_IsEnlargedSoThatTheWordsAreReadable()
    {
        SquareImage small = new(64, new byte[64 * 64]);

        Assert.Equal(384, HeatMapOverlay.Draw(small, small).Height);
    }

    [Fact]
    public void Draw_MapOfAnotherSide_Refuses() =>
        Assert.Throws<ArgumentException>(() =>
            HeatMapOverlay.Draw(Square((_, _) => 0), new SquareImage(32, new byte[32 * 32]))
        );

    [Fact]
    public void Encode_Picture_KeepsItsColours()
    {
        byte[] png = HeatMapOverlay.Encode(new ColourImage(2, 1, [250, 120, 10, 1, 2, 3]));

        using Mat decoded = Cv2.ImDecode(png, ImreadModes.Color);
        Assert.Equal(new Vec3b(10, 120, 250), decoded.At<Vec3b>(0, 0));
    }

    private static SquareImage Square(Func<int, int, int> value) =>
        new(Side, [.. Enumerable.Range(0, Side * Side).Select(i => (byte)value(i % Side, i / Side))]);

    private static (int Red, int Green, int Blue) At(ColourImage picture, int x, int y)
    {
        int i = (y * picture.Width + x) * 3;
        return (picture.Rgb[i], picture.Rgb[i + 1], picture.Rgb[i + 2]);
    }

    private static double Luminance((int Red, int Green, int Blue) c) =>
        0.2126 * c.Red + 0.7152 * c.Green + 0.0722 * c.Blue;
}
