using CxrCluster.Imaging.Augmentation;

namespace CxrCluster.Imaging.Tests.Augmentation;

public sealed class AugmentationPlanTests
{
    private const int Draws = 10_000;

    private static readonly IReadOnlyList<AugmentationPlan> Plans =
    [
        .. Enumerable
            .Range(0, Draws)
            .Select(i => new Augmenter(new()).Plan(seed: 1, epoch: 1 + i % 32, name: $"image{i / 32}.png")),
    ];

    public static TheoryData<string, double> Changes() =>
        new()
        {
            { "brightness", 0.4 },
            { "gamma", 0.3 },
            { "clahe", 0.4 },
            { "rotation", 0.4 },
            { "shear", 0.4 },
            { "scale", 0.4 },
            { "flip", 0.5 },
            { "sharpen", 0.5 },
            { "blur", 0.5 },
            { "sharpen or blur", 1 },
        };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Plan_TenThousandDraws_HappensAsOftenAsStated(string change, double probability)
    {
        var count = Plans.Count(p => Happens(p, change));

        var sigma = Math.Sqrt(Draws * probability * (1 - probability));
        Assert.InRange(count, Draws * probability - 3 * sigma, Draws * probability + 3 * sigma);
    }

    [Fact]
    public void Plan_TenThousandDraws_ChangesHappenIndependently()
    {
        string[] all = ["brightness", "gamma", "clahe", "rotation", "shear", "scale", "flip", "sharpen"];
        foreach (var (a, b) in all.SelectMany((a, i) => all.Skip(i + 1).Select(b => (a, b))))
        {
            var (pa, pb) = (Share(p => Happens(p, a)), Share(p => Happens(p, b)));
            var both = Share(p => Happens(p, a) && Happens(p, b));
            var correlation = (both - pa * pb) / Math.Sqrt(pa * (1 - pa) * pb * (1 - pb));
            Assert.InRange(correlation, -0.04, 0.04); // 4 sigma of 10,000
        }
    }

    [Fact]
    public void Plan_TenThousandDraws_FillsTheStatedRangesEvenly()
    {
        Even(Plans.Select(p => p.Rotation), -7, 7);
        Even(Plans.Select(p => p.Shear), -7, 7);
        Even(Plans.Select(p => p.Scale?.X), 0.8, 1.2);
        Even(Plans.Select(p => p.Scale?.Y), 0.8, 1.2);
        Even(Plans.Select(p => p.Brightness), -0.15, 0.15);
        Even(Plans.Select(p => p.Gamma is { } g ? Math.Log(g) : (double?)null), -0.3, 0.3);
        Even(Plans.Select(p => p.Sharpen), 0, 1);
        Even(Plans.Select(p => p.Blur), 0, 1);
        Assert.All(Plans, p => Assert.Null(p.Shift));

        static void Even(IEnumerable<double?> values, double from, double to)
        {
            var given = values.OfType<double>().Select(v => (v - from) / (to - from)).ToList();
            Assert.All(given, v => Assert.InRange(v, 0, 1));
            var sigma = 1 / Math.Sqrt(12 * given.Count);
            Assert.InRange(given.Average(), 0.5 - 3.5 * sigma, 0.5 + 3.5 * sigma);
            Assert.True(given.Min() < 0.01 && given.Max() > 0.99);
        }
    }

    [Fact]
    public void Plan_OtherOddsForOneChange_LeaveTheOthersAlone()
    {
        var without = new Augmenter(new() { Rotation = AugmentationRange.Off, ClaheProbability = 0 });
        for (var i = 0; i < 100; i++)
        {
            var plan = new Augmenter(new()).Plan(3, 4, $"{i}");
            Assert.Equal(plan with { Rotation = null, Clahe = false }, without.Plan(3, 4, $"{i}"));
        }
    }

    [Fact]
    public void Plan_None_ChangesNothing()
    {
        Assert.Equal(new(), new Augmenter(AugmentationOptions.None).Plan(1, 1, "image"));
        Assert.Empty(new AugmentationPlan().Describe());
        Assert.Null(new AugmentationPlan().Affine(64));
    }

    [Fact]
    public void Describe_EveryChange_IsNamed()
    {
        var plan = new AugmentationPlan
        {
            Brightness = -0.1,
            Gamma = 1.25,
            Clahe = true,
            Sharpen = 0.5,
            Blur = 0.75,
            Rotation = -3.21,
            Shear = 2,
            Scale = (0.9, 1.1),
            Shift = (0.05, -0.02),
            Flip = true,
        };

        Assert.Equal(
            "darkened by 10%, gamma 1.25, CLAHE, sharpened 0.5, blurred 0.8 px, rotated -3.2°, sheared +2.0°, "
                + "scaled 0.90 × 1.10, shifted +5%, -2%, flipped",
            string.Join(", ", plan.Describe())
        );
    }

    private static double Share(Func<AugmentationPlan, bool> happens) => Plans.Count(happens) / (double)Draws;

    private static bool Happens(AugmentationPlan plan, string change) =>
        change switch
        {
            "brightness" => plan.Brightness is not null,
            "gamma" => plan.Gamma is not null,
            "clahe" => plan.Clahe,
            "rotation" => plan.Rotation is not null,
            "shear" => plan.Shear is not null,
            "scale" => plan.Scale is not null,
            "flip" => plan.Flip,
            "sharpen" => plan.Sharpen is not null,
            "blur" => plan.Blur is not null,
            _ => plan.Sharpen is not null ^ plan.Blur is not null,
        };
}
