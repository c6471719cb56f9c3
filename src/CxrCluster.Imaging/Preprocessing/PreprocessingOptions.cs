namespace CxrCluster.Imaging.Preprocessing;

/// <summary>
/// Every parameter that changes preprocessed pixels. Stored with a model (JSON, camelCase), so that a score is always made
/// with the preprocessing the model was trained with.
/// </summary>
public sealed record PreprocessingOptions
{
    /// <summary>Side of the resulting square in pixels, 32..4096. Default 1024, as in the paper.</summary>
    public int Side { get; init; } = 1024;

    /// <summary>Steps to run, each at most once and in the order of <see cref="PreprocessingSteps.All"/> (the default).</summary>
    public IReadOnlyList<PreprocessingStep> Steps { get; init; } = PreprocessingSteps.All;

    /// <summary>Percentile of the gray values that becomes black, 0..50 (exclusive). Default 0.5.</summary>
    public double BrightnessLowPercentile { get; init; } = 0.5;

    /// <summary>Percentile of the gray values that becomes white, 50..100. Default 99.5.</summary>
    public double BrightnessHighPercentile { get; init; } = 99.5;

    /// <summary>CLAHE contrast limit, above 0 and at most 100. Default 2.</summary>
    public double ClaheClipLimit { get; init; } = 2.0;

    /// <summary>CLAHE tiles along each side, 1..64. Default 8.</summary>
    public int ClaheTiles { get; init; } = 8;

    /// <summary>Pad and resize only: the paper's "no preprocessing".</summary>
    public static PreprocessingOptions None(int side) => new() { Side = side, Steps = PreprocessingSteps.ShapeOnly };

    /// <summary>One sentence per setting that is out of range; none when the options can be used.</summary>
    public IEnumerable<string> Validate()
    {
        if (Side is < 32 or > 4096)
        {
            yield return $"preprocessing.side is {Side}; set it between 32 and 4096 pixels.";
        }

        if (!Steps.SequenceEqual(Steps.Distinct().Order()) || Steps.Any(step => !Enum.IsDefined(step)))
        {
            yield return $"preprocessing.steps is '{PreprocessingSteps.Format(Steps)}'; name each step at most once and in "
                + $"the order {PreprocessingSteps.Format(PreprocessingSteps.All)}.";
        }

        if (BrightnessLowPercentile is not (>= 0 and < 50))
        {
            yield return $"preprocessing.brightnessLowPercentile is {BrightnessLowPercentile}; set it from 0 to below 50.";
        }

        if (BrightnessHighPercentile is not (> 50 and <= 100))
        {
            yield return $"preprocessing.brightnessHighPercentile is {BrightnessHighPercentile}; set it above 50, at most 100.";
        }

        if (ClaheClipLimit is not (> 0 and <= 100))
        {
            yield return $"preprocessing.claheClipLimit is {ClaheClipLimit}; set it above 0, at most 100.";
        }

        if (ClaheTiles is < 1 or > 64)
        {
            yield return $"preprocessing.claheTiles is {ClaheTiles}; set it between 1 and 64.";
        }
    }

    /// <summary>Whether both give the same pixels: lists of steps are compared by what they hold.</summary>
    public bool Equals(PreprocessingOptions? other) =>
        other is not null && Parameters() == other.Parameters() && Steps.SequenceEqual(other.Steps);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Parameters(), PreprocessingSteps.Format(Steps));

    private (int, double, double, double, int) Parameters() =>
        (Side, BrightnessLowPercentile, BrightnessHighPercentile, ClaheClipLimit, ClaheTiles);
}
