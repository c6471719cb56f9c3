namespace CxrCluster.Imaging.Augmentation;

/// <summary>
/// Random changes made to training images, each drawn on its own (Goldstein et al. 2020). Geometry moves the image and its
/// lung map alike; brightness, gamma, CLAHE and focus change the image only. Where the paper gives no size, the limit is
/// ours and says so.
/// </summary>
public sealed record AugmentationOptions
{
    /// <summary>No change at all.</summary>
    public static AugmentationOptions None { get; } =
        new()
        {
            Brightness = AugmentationRange.Off,
            Gamma = AugmentationRange.Off,
            ClaheProbability = 0,
            Focus = AugmentationRange.Off,
            Rotation = AugmentationRange.Off,
            Shear = AugmentationRange.Off,
            Scale = AugmentationRange.Off,
            FlipProbability = 0,
        };

    /// <summary>Added to the image, as a fraction of full white, up and down (limit ours).</summary>
    public AugmentationRange Brightness { get; init; } = new(0.4, 0.15);

    /// <summary>Natural logarithm of the exponent put on the image: 0.3 is a gamma from 0.74 to 1.35 (limit ours).</summary>
    public AugmentationRange Gamma { get; init; } = new(0.3, 0.3);

    /// <summary>Probability of contrast-limited equalisation, on top of the preprocessing's.</summary>
    public double ClaheProbability { get; init; } = 0.4;

    /// <summary>
    /// Either sharpens or blurs, with equal odds: an unsharp mask of a strength up to the limit, or a Gaussian whose
    /// standard deviation is up to the limit in pixels. The paper gives neither probability nor size: always, and up to 1.
    /// </summary>
    public AugmentationRange Focus { get; init; } = new(1, 1);

    /// <summary>Rotation about the centre, degrees.</summary>
    public AugmentationRange Rotation { get; init; } = new(0.4, 7);

    /// <summary>Horizontal shear, degrees.</summary>
    public AugmentationRange Shear { get; init; } = new(0.4, 7);

    /// <summary>Relative change of size along each axis (sizes drawn separately): 0.2 is from 0.8 to 1.2 times.</summary>
    public AugmentationRange Scale { get; init; } = new(0.4, 0.2);

    /// <summary>Shift along each axis (drawn separately), as a fraction of the side. The paper has none.</summary>
    public AugmentationRange Shift { get; init; } = AugmentationRange.Off;

    /// <summary>
    /// Probability of mirroring left and right. The paper lists a left-right and a horizontal flip, 0.5 each: two
    /// independent fair mirrorings are one.
    /// </summary>
    public double FlipProbability { get; init; } = 0.5;

    /// <summary>What is wrong with these options, a sentence each; nothing when they can be used.</summary>
    public IEnumerable<string> Validate()
    {
        foreach (var (name, value) in new[] { ("flip", FlipProbability), ("CLAHE", ClaheProbability) })
        {
            if (value is not (>= 0 and <= 1))
            {
                yield return $"The {name} probability is {value}; give a value between 0 and 1.";
            }
        }

        (string Name, AugmentationRange Range, double Largest)[] ranges =
        [
            ("brightness", Brightness, 1),
            ("gamma", Gamma, 3),
            ("focus", Focus, 10),
            ("rotation", Rotation, 180),
            ("shear", Shear, 45),
            ("scale", Scale, 0.9),
            ("shift", Shift, 1),
        ];
        foreach (var (name, range, largest) in ranges)
        {
            if (range.Probability is not (>= 0 and <= 1) || !(range.Limit >= 0 && range.Limit <= largest))
            {
                yield return $"The {name} augmentation is {range.Limit} with probability {range.Probability}; "
                    + $"give a limit between 0 and {largest} and a probability between 0 and 1.";
            }
        }
    }
}
