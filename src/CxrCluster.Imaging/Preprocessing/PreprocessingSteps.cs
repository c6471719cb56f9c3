namespace CxrCluster.Imaging.Preprocessing;

/// <summary>The named step lists and their text form, as in <c>--steps crop,brightness,pad,resize,clahe</c>.</summary>
public static class PreprocessingSteps
{
    /// <summary>Every step, in order.</summary>
    public static IReadOnlyList<PreprocessingStep> All { get; } =
    [
        PreprocessingStep.Crop,
        PreprocessingStep.Brightness,
        PreprocessingStep.Pad,
        PreprocessingStep.Resize,
        PreprocessingStep.Clahe,
    ];

    /// <summary>Only what brings a picture to the network's shape.</summary>
    public static IReadOnlyList<PreprocessingStep> ShapeOnly { get; } =
    [PreprocessingStep.Pad, PreprocessingStep.Resize];

    /// <summary>Reads a comma-separated list.</summary>
    /// <exception cref="FormatException">A name is unknown; the message lists the known ones.</exception>
    public static IReadOnlyList<PreprocessingStep> Parse(string text)
    {
        var steps = new List<PreprocessingStep>();
        foreach (var name in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var known = Enum.GetNames<PreprocessingStep>();
            if (!known.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                throw new FormatException(
                    $"'{name}' is no preprocessing step; use some of {Format(All)}, separated by commas."
                );
            }

            steps.Add(Enum.Parse<PreprocessingStep>(name, ignoreCase: true));
        }

        return steps;
    }

    /// <summary>The text form: lower-case names separated by commas.</summary>
    public static string Format(IEnumerable<PreprocessingStep> steps) =>
        string.Join(',', steps.Select(step => step.ToString().ToLowerInvariant()));
}
