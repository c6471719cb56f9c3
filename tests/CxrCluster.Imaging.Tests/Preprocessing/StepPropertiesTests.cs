using CxrCluster.Imaging.Preprocessing;
using CxrCluster.Imaging.Tests.Support;
using FsCheck.Fluent;

namespace CxrCluster.Imaging.Tests.Preprocessing;

public sealed class StepPropertiesTests
{
    [Fact]
    public void Pad_AnyPicture_IsASquareWithThePictureInItsMiddleAndBlackAround() =>
        ForAnyPicture(r =>
        {
            var padded = SquarePad.Apply(r);
            var place = SquarePad.Place(r.Width, r.Height);
            Assert.Equal(Math.Max(r.Width, r.Height), padded.Width);
            Assert.Equal(padded.Width, padded.Height);
            Assert.InRange(padded.Width - place.Right - place.X, 0, 1);
            Assert.InRange(padded.Height - place.Bottom - place.Y, 0, 1);
            for (var i = 0; i < padded.Pixels.Length; i++)
            {
                var (x, y) = (i % padded.Width, i / padded.Width);
                var expected = place.Contains(x, y) ? r.Pixels[((y - place.Y) * r.Width) + x - place.X] : 0;
                Assert.Equal(expected, padded.Pixels[i]);
            }
        });

    [Fact]
    public void Pad_Square_ChangesNothing() =>
        ForAnyPicture(r =>
        {
            var square = SquarePad.Apply(r);
            Assert.Equal(square.Pixels, SquarePad.Apply(square).Pixels);
        });

    [Fact]
    public void Resize_AnyPicture_IsBilinearWithHalfPixelCentres() =>
        ForAnyPicture(r =>
        {
            const int Side = 23;
            var resized = new BilinearResize(Side).Apply(r);
            Assert.Equal((Side, Side, r.BitDepth), (resized.Width, resized.Height, resized.BitDepth));
            for (var i = 0; i < resized.Pixels.Length; i++)
            {
                Assert.InRange(resized.Pixels[i] - Bilinear(r, i % Side, i / Side, Side), -1, 1);
            }
        });

    [Fact]
    public void Resize_ToItsOwnSide_ChangesNothing() =>
        ForAnyPicture(r =>
        {
            var square = SquarePad.Apply(r);
            Assert.Equal(square.Pixels, new BilinearResize(square.Width).Apply(square).Pixels);
        });

    [Fact]
    public void Crop_AnyPicture_LiesInsideItAndIsStable() =>
        ForAnyPicture(r =>
        {
            var crop = BorderCrop.Find(r);
            Assert.True(crop is { X: >= 0, Y: >= 0, Width: >= 1, Height: >= 1 });
            Assert.True(crop.Right <= r.Width && crop.Bottom <= r.Height);
            Assert.Equal(crop, BorderCrop.Find(r));
        });

    [Fact]
    public void Brightness_GainAndOffset_CancelOut()
    {
        var chest = Pictures.Chest(120, 100);
        var faint = Pictures.Of(120, 100, 12, (x, y) => 300 + (7 * chest.Pixels[(y * 120) + x]));

        Assert.Equal(
            new BrightnessStandardiser().Apply(chest).Pixels,
            new BrightnessStandardiser().Apply(faint).Pixels
        );
    }

    [Theory]
    [InlineData(0.6)]
    [InlineData(1.0)]
    [InlineData(1.6)]
    public void Brightness_AnyExposureCurve_EndsBlackWhiteAndInTheMiddle(double exponent)
    {
        var chest = Pictures.Chest(200, 200);
        var curved = Pictures.Of(
            200,
            200,
            16,
            (x, y) => (int)(65535 * Math.Pow(chest.Pixels[(y * 200) + x] / 255.0, exponent))
        );

        var sorted = new BrightnessStandardiser().Apply(curved).Pixels.Order().ToArray();

        Assert.Equal((0, 65535), (sorted[0], sorted[^1]));
        Assert.InRange(sorted[sorted.Length / 2], 0.49 * 65535, 0.51 * 65535);
    }

    [Fact]
    public void Brightness_AnyPicture_KeepsTheOrderOfGrays() =>
        ForAnyPicture(r =>
        {
            var standard = new BrightnessStandardiser().Apply(r);
            Assert.Equal(16, standard.BitDepth);
            var byGray = r.Pixels.Zip(standard.Pixels).OrderBy(pair => pair.First).Select(pair => pair.Second).ToList();
            Assert.Equal(byGray.Order(), byGray);
        });

    [Fact]
    public void Clahe_AnyPicture_KeepsSizeAndDepthAndIsRepeatable() =>
        ForAnyPicture(r =>
        {
            var clahe = new Clahe(3, 4);
            var equalised = clahe.Apply(r);
            Assert.Equal((r.Width, r.Height), (equalised.Width, equalised.Height));
            Assert.Equal(r.BitDepth == 8 ? 8 : 16, equalised.BitDepth);
            Assert.True(equalised.Pixels.Max() <= equalised.MaxValue);
            Assert.Equal(equalised.Pixels, clahe.Apply(r).Pixels);
        });

    /// <summary>The definition: weights by distance from the four nearest pixel centres, edges repeated.</summary>
    private static double Bilinear(Radiograph r, int x, int y, int side)
    {
        var (fx, fy) = (((x + 0.5) * r.Width / side) - 0.5, ((y + 0.5) * r.Height / side) - 0.5);
        var (x0, y0) = ((int)Math.Floor(fx), (int)Math.Floor(fy));
        var (dx, dy) = (fx - x0, fy - y0);
        return ((1 - dx) * (1 - dy) * At(x0, y0))
            + (dx * (1 - dy) * At(x0 + 1, y0))
            + ((1 - dx) * dy * At(x0, y0 + 1))
            + (dx * dy * At(x0 + 1, y0 + 1));

        int At(int column, int row) =>
            r.Pixels[(Math.Clamp(row, 0, r.Height - 1) * r.Width) + Math.Clamp(column, 0, r.Width - 1)];
    }

    private static void ForAnyPicture(Action<Radiograph> holds)
    {
        var pictures =
            from width in Gen.Choose(1, 48)
            from height in Gen.Choose(1, 48)
            from bitDepth in Gen.Elements(8, 12, 16)
            from seed in Gen.Choose(0, 1000)
            select Pictures.Noise(width, height, bitDepth, seed);
        Cases.AllHold(pictures, holds);
    }
}
