namespace CxrCluster.Learning.Training;

/// <summary>
/// Random changes made to every training image, each drawn on its own. Geometry moves all channels together; exposure
/// (brightness, gamma) changes the image channel only.
/// </summary>
public sealed record AugmentationOptions
{
    /// <summary>No change at all.</summary>
    public static AugmentationOptions None { get; } =
        new()
        {
            FlipProbability = 0,
            Rotation = AugmentationRange.Off,
            Shift = AugmentationRange.Off,
            Scale = AugmentationRange.Off,
            Brightness = AugmentationRange.Off,
            Gamma = AugmentationRange.Off,
        };

    /// <summary>Probability of mirroring left and right.</summary>
    public double FlipProbability { get; init; } = 0.5;

    /// <summary>Rotation about the centre, degrees.</summary>
    public AugmentationRange Rotation { get; init; } = new(0.4, 7);

    /// <summary>Shift along each axis (drawn separately), as a fraction of the side.</summary>
    public AugmentationRange Shift { get; init; } = new(0.4, 0.05);

    /// <summary>Relative change of size along each axis (drawn separately): 0.2 is from 0.8 to 1.2 times.</summary>
    public AugmentationRange Scale { get; init; } = new(0.4, 0.2);

    /// <summary>Added to the image, as a fraction of full white.</summary>
    public AugmentationRange Brightness { get; init; } = new(0.4, 0.15);

    /// <summary>Natural logarithm of the exponent put on the image: 0.3 is a gamma from 0.74 to 1.35.</summary>
    public AugmentationRange Gamma { get; init; } = new(0.3, 0.3);

    /// <summary>What is wrong with these options, a sentence each; nothing when they can be used.</summary>
    public IEnumerable<string> Validate()
    {
        if (FlipProbability is not (>= 0 and <= 1))
        {
            yield return $"The flip probability is {FlipProbability}; give a value between 0 and 1.";
        }

        (string Name, AugmentationRange Range, double Largest)[] ranges =
        [
            ("rotation", Rotation, 180),
            ("shift", Shift, 1),
            ("scale", Scale, 0.9),
            ("brightness", Brightness, 1),
            ("gamma", Gamma, 3),
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
