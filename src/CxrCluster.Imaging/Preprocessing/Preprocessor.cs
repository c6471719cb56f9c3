namespace CxrCluster.Imaging.Preprocessing;

/// <summary>Runs the configured steps. Stateless after construction: one instance serves many threads.</summary>
public sealed class Preprocessor
{
    private readonly PreprocessingOptions _options;

    /// <summary>Checks and keeps the options.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public Preprocessor(PreprocessingOptions options)
    {
        var errors = options.Validate().ToList();
        if (errors.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', errors), nameof(options));
        }

        _options = options;
    }

    /// <summary>The network input of <paramref name="r"/>: an 8-bit square of the configured side.</summary>
    /// <exception cref="InvalidOperationException">The steps do not contain <see cref="PreprocessingStep.Resize"/>.</exception>
    public PreprocessedImage Apply(Radiograph r)
    {
        _ = _options;
        throw new NotSupportedException();
    }

    /// <summary>The configured steps' picture of any shape, e.g. of a crop alone; 8-bit.</summary>
    public Radiograph Transform(Radiograph r) => throw new NotSupportedException();

    /// <summary>
    /// A mask of the radiograph that gave <paramref name="of"/>, cropped, padded and resized the same way: nearest
    /// neighbour, 255 where the mask is not 0, else 0.
    /// </summary>
    /// <exception cref="ArgumentException">The mask's size is not the radiograph's.</exception>
    public SquareImage ApplyToMask(Radiograph mask, PreprocessedImage of) => throw new NotSupportedException();
}
