using CxrCluster.Imaging.Augmentation;
using FsCheck;
using FsCheck.Fluent;

namespace CxrCluster.Imaging.Tests.Augmentation;

public sealed class AugmenterTests
{
    private const int Side = 48;

    private static readonly AugmentationOptions Geometry = new()
    {
        Brightness = AugmentationRange.Off,
        Gamma = AugmentationRange.Off,
        ClaheProbability = 0,
        Focus = AugmentationRange.Off,
        Shift = new(0.4, 0.1),
    };

    [Fact]
    public void Apply_FlipTwice_IsTheImageItself()
    {
        var flip = new AugmentationPlan { Flip = true };
        ForAnyImage(
            (image, map, _) =>
            {
                var once = Augmenter.Apply(image, map, flip);
                var twice = Augmenter.Apply(once.Image, once.Map, flip);
                Assert.NotEqual(image.Pixels, once.Image.Pixels);
                Assert.Equal(image.Pixels, twice.Image.Pixels);
                Assert.Equal(map.Pixels, twice.Map.Pixels);
            }
        );
    }

    [Fact]
    public void Apply_Flip_MirrorsEveryRow()
    {
        var image = Noise(1);

        var flipped = Augmenter.Apply(image, image, new() { Flip = true }).Image;

        var rows = image.Pixels.Chunk(Side).Select(row => row.Reverse());
        Assert.Equal(rows.SelectMany(row => row), flipped.Pixels);
    }

    [Fact]
    public void Apply_AnyGeometry_MovesImageAndMapAlike() =>
        ForAnyImage(
            (image, _, seed) =>
            {
                var moved = Augmenter.Apply(image, image, new Augmenter(Geometry).Plan(seed, 1, "x"));

                Assert.Equal(moved.Image.Pixels, moved.Map.Pixels);
            }
        );

    [Fact]
    public void Apply_AnyPlan_ExposureAndFocusNeverReachTheMap() =>
        ForAnyImage(
            (image, map, seed) =>
            {
                var plan = new Augmenter(new()).Plan(seed, 2, "x");
                var geometry = new AugmentationPlan
                {
                    Rotation = plan.Rotation,
                    Shear = plan.Shear,
                    Scale = plan.Scale,
                    Flip = plan.Flip,
                };

                Assert.Equal(
                    Augmenter.Apply(map, map, geometry).Map.Pixels,
                    Augmenter.Apply(image, map, plan).Map.Pixels
                );
            }
        );

    [Fact]
    public void Apply_AnyPlan_BarsStayBlack()
    {
        // A portrait picture: bars of 12 columns on both sides, as CLAHE leaves them.
        var portrait = new SquareImage(
            Side,
            [.. Noise(5).Pixels.Select((p, i) => i % Side is < 12 or >= Side - 12 ? (byte)3 : (byte)(60 + p / 2))]
        );
        for (var seed = 0; seed < 50; seed++)
        {
            var plan = new Augmenter(new()).Plan(seed, 1, "x") with
            {
                Rotation = null,
                Shear = null,
                Scale = null,
                Brightness = 0.15,
            };

            var changed = Augmenter.Apply(portrait, portrait, plan).Image.Pixels;

            Assert.All(changed.Where((_, i) => i % Side is < 12 or >= Side - 12), p => Assert.InRange(p, 0, 3));
            Assert.True(changed.Max() > 60);
        }
    }

    [Fact]
    public void Apply_Shrinking_BringsBlackIn()
    {
        var white = new SquareImage(Side, [.. Enumerable.Repeat((byte)200, Side * Side)]);

        var shrunk = Augmenter.Apply(white, white, new() { Scale = (0.8, 0.8), Brightness = 0.1 }).Image.Pixels;

        Assert.Equal(0, shrunk[0]);
        Assert.Equal(0, shrunk[^1]);
        Assert.Equal(226, shrunk[Side / 2 * Side + Side / 2]);
    }

    [Theory]
    [InlineData(0.1, null, 153)]
    [InlineData(-0.1, null, 102)]
    [InlineData(null, 2.0, 64)]
    [InlineData(null, 0.5, 181)]
    [InlineData(0.1, 2.0, 90)]
    public void Apply_BrightnessAndGamma_FollowTheFormula(double? brightness, double? gamma, int expected)
    {
        var gray = new SquareImage(Side, [.. Enumerable.Repeat((byte)128, Side * Side)]);

        var exposed = Augmenter.Apply(gray, gray, new() { Brightness = brightness, Gamma = gamma }).Image;

        Assert.All(exposed.Pixels, p => Assert.InRange(p, expected - 1, expected + 1));
    }

    [Fact]
    public void Apply_BlurAndSharpen_LowerAndRaiseTheDetail()
    {
        var image = new SquareImage(Side, [.. Noise(3).Pixels.Select(p => (byte)(80 + p / 4))]);

        var blurred = Augmenter.Apply(image, image, new() { Blur = 1 }).Image;
        var sharpened = Augmenter.Apply(image, image, new() { Sharpen = 1 }).Image;

        Assert.True(Detail(blurred) < Detail(image) / 2);
        Assert.True(Detail(sharpened) > Detail(image) * 1.3);
        Assert.Equal(image.Pixels.Average(p => p), blurred.Pixels.Average(p => p), 0.5);

        static double Detail(SquareImage i) => i.Pixels.Zip(i.Pixels.Skip(1), (a, b) => (double)Math.Abs(a - b)).Sum();
    }

    [Fact]
    public void Apply_BlackImage_StaysBlack()
    {
        var black = new SquareImage(Side, new byte[Side * Side]);
        var plan = new AugmentationPlan
        {
            Brightness = 0.15,
            Clahe = true,
            Sharpen = 1,
        };

        Assert.Equal(black.Pixels, Augmenter.Apply(black, black, plan).Image.Pixels);
    }

    [Fact]
    public void Apply_GivenSquares_AreNotChanged() =>
        ForAnyImage(
            (image, map, seed) =>
            {
                var (before, beforeMap) = (image.Pixels.ToArray(), map.Pixels.ToArray());

                Augmenter.Apply(image, map, new Augmenter(new()).Plan(seed, 1, "x"));

                Assert.Equal(before, image.Pixels);
                Assert.Equal(beforeMap, map.Pixels);
            }
        );

    private static void ForAnyImage(Action<SquareImage, SquareImage, int> check) =>
        Check.QuickThrowOnFailure(
            Prop.ForAll(
                Gen.Choose(0, int.MaxValue - 1).ToArbitrary(),
                seed => check(Noise(seed), Noise(seed + 1), seed)
            )
        );

    private static SquareImage Noise(int seed)
    {
        var pixels = new byte[Side * Side];
        new Random(seed).NextBytes(pixels);
        return new(Side, pixels);
    }
}
