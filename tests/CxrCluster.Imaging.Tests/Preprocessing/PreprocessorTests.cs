using CxrCluster.Imaging.Preprocessing;
using CxrCluster.Imaging.Tests.Support;

namespace CxrCluster.Imaging.Tests.Preprocessing;

public sealed class PreprocessorTests
{
    private static readonly PreprocessingOptions Small = new() { Side = 96 };

    [Fact]
    public void Apply_AllSteps_IsTheStepsOneAfterAnother()
    {
        var framed = Pictures.Framed(Pictures.Chest(150, 110), 25, 10, 0, 33, 0);

        var image = new Preprocessor(Small).Apply(framed);

        var deep = new BilinearResize(96).Apply(
            SquarePad.Apply(new BrightnessStandardiser().Apply(BorderCrop.Apply(framed)))
        );
        var bytes = Pictures.Of(96, 96, 8, (x, y) => (int)Math.Round(deep.Pixels[(y * 96) + x] / 257.0));
        Assert.Equal(new Clahe().Apply(bytes).Pixels, Array.ConvertAll(image.Square.Pixels, pixel => (ushort)pixel));
        Assert.Equal(BorderCrop.Find(framed), image.Crop);
        Assert.Equal(new PixelRect(0, 0, 175, 153), image.Source);
    }

    [Fact]
    public void Apply_NoPreprocessing_OnlyPadsAndResizes()
    {
        var chest = Pictures.Chest(100, 60);

        var image = new Preprocessor(PreprocessingOptions.None(100)).Apply(chest);

        Assert.Equal(SquarePad.Apply(chest).Pixels, Array.ConvertAll(image.Square.Pixels, pixel => (ushort)pixel));
        Assert.Equal(new PixelRect(0, 20, 100, 60), image.Content);
    }

    [Fact]
    public void Apply_SixteenBitsWithoutBrightness_AreScaledToEight()
    {
        var deep = Pictures.Of(64, 64, 12, (x, y) => (x * 64) + y);

        var image = new Preprocessor(PreprocessingOptions.None(64)).Apply(deep);

        Assert.Equal(
            deep.Pixels.Select(pixel => (int)Math.Round(pixel * 255.0 / 4095)),
            image.Square.Pixels.Select(pixel => (int)pixel)
        );
    }

    [Fact]
    public void Apply_SamePictureAgainAndInParallel_GivesTheSameBytes()
    {
        var chest = Pictures.Chest(300, 240);
        var preprocessor = new Preprocessor(Small);
        var expected = preprocessor.Apply(chest).Square.Pixels;

        Parallel.For(0, 16, _ => Assert.Equal(expected, preprocessor.Apply(chest).Square.Pixels));
    }

    [Fact]
    public void ApplyToMask_RectangleOfThePicture_LandsWhereThePictureShowsIt()
    {
        // A bright block in the picture and its mask must cover the same pixels of the square.
        var chest = Pictures.Chest(150, 110);
        var block = new PixelRect(40, 30, 50, 40);
        var marked = Pictures.Of(150, 110, 8, (x, y) => block.Contains(x, y) ? 255 : chest.Pixels[(y * 150) + x] / 4);
        var mask = Pictures.Of(150, 110, 8, (x, y) => block.Contains(x, y) ? 1 : 0);
        var (left, top, right, bottom) = (30, 14, 6, 41);
        var preprocessor = new Preprocessor(
            Small with
            {
                Steps = [PreprocessingStep.Crop, PreprocessingStep.Pad, PreprocessingStep.Resize],
            }
        );

        var image = preprocessor.Apply(Pictures.Framed(marked, left, top, right, bottom, 0));
        var square = preprocessor.ApplyToMask(Pictures.Framed(mask, left, top, right, bottom, 0), image);

        Assert.Equal([(byte)0, (byte)255], square.Pixels.Distinct().Order());
        var agreeing = square.Pixels.Zip(image.Square.Pixels).Count(pair => pair.First > 127 == pair.Second > 159);
        Assert.Equal(square.Pixels.Length, agreeing);
    }

    [Fact]
    public void Content_CroppedAndPadded_IsWhereThePictureLies()
    {
        var framed = Pictures.Framed(Pictures.Chest(190, 98), 0, 40, 0, 40, 0);

        var image = new Preprocessor(Small with { Steps = [.. PreprocessingSteps.All.SkipLast(1)] }).Apply(framed);

        Assert.Equal(new PixelRect(0, 39, 190, 100), image.Crop);
        Assert.Equal(new PixelRect(0, 23, 96, 50), image.Content);
        for (var i = 0; i < image.Square.Pixels.Length; i++)
        {
            // One line beside the content mixes with it.
            if (i / 96 is < 22 or > 74)
            {
                Assert.Equal(0, image.Square.Pixels[i]);
            }
        }
    }

    [Fact]
    public void ApplyToMask_OfAnotherSize_IsRefused()
    {
        var preprocessor = new Preprocessor(Small);
        var image = preprocessor.Apply(Pictures.Chest(80, 80));

        var e = Assert.Throws<ArgumentException>(() => preprocessor.ApplyToMask(Pictures.Chest(80, 79), image));

        Assert.Contains(
            "the mask is 80 x 79 pixels but its radiograph is 80 x 80",
            e.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("crop", 82, 52)]
    [InlineData("brightness", 100, 60)]
    [InlineData("pad", 100, 100)]
    [InlineData("resize", 96, 96)]
    [InlineData("clahe", 100, 60)]
    [InlineData("crop,pad", 82, 82)]
    [InlineData("", 100, 60)]
    public void Transform_AnySteps_GivesTheirShapeInEightBits(string steps, int width, int height)
    {
        var framed = Pictures.Framed(Pictures.Chest(80, 50), 10, 5, 10, 5, 0);
        var preprocessor = new Preprocessor(Small with { Steps = PreprocessingSteps.Parse(steps) });

        var picture = preprocessor.Transform(framed);

        Assert.Equal((width, height, 8), (picture.Width, picture.Height, picture.BitDepth));
    }

    [Fact]
    public void Apply_WithoutResize_SaysAddResize()
    {
        var preprocessor = new Preprocessor(Small with { Steps = [PreprocessingStep.Pad] });

        var e = Assert.Throws<InvalidOperationException>(() => preprocessor.Apply(Pictures.Chest(80, 80)));

        Assert.Contains("add resize", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_RealImages_UsesTheWholeRangeAndKeepsTheMiddleGray()
    {
        var preprocessor = new Preprocessor(Small with { Side = 256 });
        foreach (var path in RealData.Images)
        {
            var image = preprocessor.Apply(RadiographReader.ReadFile(path));
            var inside = Enumerable
                .Range(0, 256 * 256)
                .Where(i => image.Content.Contains(i % 256, i / 256))
                .Select(i => image.Square.Pixels[i])
                .Order()
                .ToList();

            Assert.InRange(inside[inside.Count / 200], 0, 70);
            Assert.InRange(inside[inside.Count / 2], 80, 200);
            Assert.InRange(inside[^(inside.Count / 200)], 215, 255);
        }
    }
}
