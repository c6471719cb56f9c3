using OpenCvSharp;

namespace CxrCluster.Imaging.Preprocessing;

/// <summary>
/// Runs the configured steps: 16-bit up to the resize, 8-bit from there. Stateless after construction: one instance serves
/// many threads.
/// </summary>
public sealed class Preprocessor
{
    // INTER_NEAREST_EXACT: half-pixel centres like the bilinear resize; plain nearest is shifted by half a pixel.
    private const InterpolationFlags NearestExact = (InterpolationFlags)6;

    private readonly HashSet<PreprocessingStep> _steps;
    private readonly int _side;
    private readonly BrightnessStandardiser _brightness;
    private readonly BilinearResize _resize;
    private readonly Clahe _clahe;

    /// <summary>Checks and keeps the options.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public Preprocessor(PreprocessingOptions options)
    {
        var errors = options.Validate().ToList();
        if (errors.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', errors), nameof(options));
        }

        _steps = [.. options.Steps];
        _side = options.Side;
        _brightness = new BrightnessStandardiser(options.BrightnessLowPercentile, options.BrightnessHighPercentile);
        _resize = new BilinearResize(options.Side);
        _clahe = new Clahe(options.ClaheClipLimit, options.ClaheTiles);
    }

    /// <summary>The network input of <paramref name="r"/>: an 8-bit square of the configured side.</summary>
    /// <exception cref="InvalidOperationException">The steps do not contain <see cref="PreprocessingStep.Resize"/>.</exception>
    public PreprocessedImage Apply(Radiograph r)
    {
        RequireResize();
        using var picture = Run(r, out var crop);
        var square = new SquareImage(_side, picture.CopyBytes());
        return new PreprocessedImage(square, new PixelRect(0, 0, r.Width, r.Height), crop, ContentOf(crop));
    }

    /// <summary>The configured steps' 8-bit picture, of whatever shape they leave it in: to look at single steps.</summary>
    public Radiograph Transform(Radiograph r)
    {
        using var picture = Run(r, out _);
        return picture.ToRadiograph(8, r.Provenance);
    }

    /// <summary>
    /// A mask of the radiograph that gave <paramref name="of"/>, cropped, padded and resized the same way: nearest
    /// neighbour, 255 where the mask is not 0, else 0.
    /// </summary>
    /// <exception cref="ArgumentException">The mask's size is not the radiograph's.</exception>
    /// <exception cref="InvalidOperationException">The steps do not contain <see cref="PreprocessingStep.Resize"/>.</exception>
    public SquareImage ApplyToMask(Radiograph mask, PreprocessedImage of)
    {
        RequireResize();
        if ((mask.Width, mask.Height) != (of.Source.Width, of.Source.Height))
        {
            throw new ArgumentException(
                $"{mask.Provenance.Name}: the mask is {mask.Width} x {mask.Height} pixels but its radiograph is "
                    + $"{of.Source.Width} x {of.Source.Height}; draw the mask on the radiograph's own grid.",
                nameof(mask)
            );
        }

        using var view = mask.View();
        using var part = view.SubMat(of.Crop.ToRect());
        using var padded = _steps.Contains(PreprocessingStep.Pad) ? SquarePad.Apply(part) : part.Clone();
        using var resized = new Mat();
        Cv2.Resize(padded, resized, new Size(_side, _side), 0, 0, NearestExact);
        using var marked = new Mat();
        Cv2.Compare(resized, Scalar.All(0), marked, CmpTypes.GT);
        return new SquareImage(_side, marked.CopyBytes());
    }

    private Mat Run(Radiograph r, out PixelRect crop)
    {
        using var view = r.View();
        var wanted = _steps.Contains(PreprocessingStep.Crop);
        crop = wanted ? BorderCrop.Find(view) : new PixelRect(0, 0, r.Width, r.Height);
        var picture = view.SubMat(crop.ToRect());
        var maxValue = r.MaxValue;
        if (_steps.Contains(PreprocessingStep.Brightness))
        {
            Replace(ref picture, _brightness.Apply(picture));
            maxValue = ushort.MaxValue;
        }

        if (_steps.Contains(PreprocessingStep.Pad))
        {
            Replace(ref picture, SquarePad.Apply(picture));
        }

        if (_steps.Contains(PreprocessingStep.Resize))
        {
            Replace(ref picture, _resize.Apply(picture));
        }

        Replace(ref picture, picture.ToBytes(maxValue));
        if (_steps.Contains(PreprocessingStep.Clahe))
        {
            Replace(ref picture, _clahe.Apply(picture));
        }

        return picture;
    }

    private static void Replace(ref Mat picture, Mat next)
    {
        picture.Dispose();
        picture = next;
    }

    private PixelRect ContentOf(PixelRect crop)
    {
        if (!_steps.Contains(PreprocessingStep.Pad))
        {
            return new PixelRect(0, 0, _side, _side);
        }

        var place = SquarePad.Place(crop.Width, crop.Height);
        var scale = (double)_side / Math.Max(crop.Width, crop.Height);
        var (left, top) = ((int)Math.Round(place.X * scale), (int)Math.Round(place.Y * scale));
        var (right, bottom) = ((int)Math.Round(place.Right * scale), (int)Math.Round(place.Bottom * scale));
        return new PixelRect(left, top, right - left, bottom - top);
    }

    private void RequireResize()
    {
        if (!_steps.Contains(PreprocessingStep.Resize))
        {
            throw new InvalidOperationException(
                $"The steps '{PreprocessingSteps.Format(_steps.Order())}' do not end in a square of side {_side}; add resize."
            );
        }
    }
}
