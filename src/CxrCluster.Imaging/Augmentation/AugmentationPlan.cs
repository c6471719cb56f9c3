using System.Globalization;

namespace CxrCluster.Imaging.Augmentation;

/// <summary>What is done to one image in one epoch; what is null or false is not done.</summary>
public sealed record AugmentationPlan
{
    /// <summary>Added to the image, as a fraction of full white.</summary>
    public double? Brightness { get; init; }

    /// <summary>Exponent put on the image (values in [0, 1]).</summary>
    public double? Gamma { get; init; }

    /// <summary>Whether contrast is equalised.</summary>
    public bool Clahe { get; init; }

    /// <summary>Strength of the unsharp mask.</summary>
    public double? Sharpen { get; init; }

    /// <summary>Standard deviation of the Gaussian blur, pixels.</summary>
    public double? Blur { get; init; }

    /// <summary>Rotation about the centre, degrees, positive anticlockwise on the screen.</summary>
    public double? Rotation { get; init; }

    /// <summary>Horizontal shear, degrees: a row moves by tan(shear) times its distance from the centre.</summary>
    public double? Shear { get; init; }

    /// <summary>Factors along both axes.</summary>
    public (double X, double Y)? Scale { get; init; }

    /// <summary>Shift along both axes, fractions of the side.</summary>
    public (double X, double Y)? Shift { get; init; }

    /// <summary>Whether left and right are exchanged.</summary>
    public bool Flip { get; init; }

    /// <summary>
    /// Draws a plan. Every number is drawn whether it is used or not, so that the odds of one change do not shift the draws
    /// of another.
    /// </summary>
    public static AugmentationPlan Draw(AugmentationOptions options, CounterRandom random)
    {
        var brightness = Next(options.Brightness);
        var gamma = Next(options.Gamma);
        var clahe = Happens(options.ClaheProbability);
        var sharpens = Happens(0.5);
        var focus = Next(options.Focus) is { } strength ? Math.Abs(strength) : (double?)null;
        return new()
        {
            Brightness = brightness,
            Gamma = gamma is { } exponent ? Math.Exp(exponent) : null,
            Clahe = clahe,
            Sharpen = sharpens ? focus : null,
            Blur = sharpens ? null : focus,
            Rotation = Next(options.Rotation),
            Shear = Next(options.Shear),
            Scale = Pair(options.Scale) is var (x, y) ? (1 + x, 1 + y) : null,
            Shift = Pair(options.Shift),
            Flip = Happens(options.FlipProbability),
        };

        bool Happens(double probability) => random.NextDouble() < probability;

        double Size(AugmentationRange range) => (2 * random.NextDouble() - 1) * range.Limit;

        double? Next(AugmentationRange range)
        {
            var (happens, size) = (Happens(range.Probability), Size(range));
            return happens ? size : null;
        }

        (double X, double Y)? Pair(AugmentationRange range)
        {
            var (happens, x, y) = (Happens(range.Probability), Size(range), Size(range));
            return happens ? (x, y) : null;
        }
    }

    /// <summary>The geometry as one map of output = M · (column, row, 1), row-major 2 x 3, about the square's centre.</summary>
    /// <remarks>p' = c + t + R(rotation) H(shear) S(scale) F(flip) (p - c), c = (side - 1) / 2 on both axes.</remarks>
    /// <param name="side">The square's side in pixels.</param>
    /// <returns>Null when the geometry stays as it is.</returns>
    public double[]? Affine(int side)
    {
        if (Rotation is null && Shear is null && Scale is null && Shift is null && !Flip)
        {
            return null;
        }

        var (sin, cos) = Math.SinCos(-(Rotation ?? 0) * Math.PI / 180); // rows grow downwards
        var shear = Math.Tan((Shear ?? 0) * Math.PI / 180);
        var (scaleX, scaleY) = Scale ?? (1, 1);
        if (Flip)
        {
            scaleX = -scaleX;
        }

        double[] linear = [cos * scaleX, (cos * shear - sin) * scaleY, sin * scaleX, (sin * shear + cos) * scaleY];
        var centre = (side - 1) / 2.0;
        var (shiftX, shiftY) = Shift ?? (0, 0);
        return
        [
            linear[0],
            linear[1],
            centre + shiftX * side - (linear[0] + linear[1]) * centre,
            linear[2],
            linear[3],
            centre + shiftY * side - (linear[2] + linear[3]) * centre,
        ];
    }

    /// <summary>What is done, a few words per change ("rotated by -3.2°"); empty when nothing is.</summary>
    public IReadOnlyList<string> Describe()
    {
        string?[] all =
        [
            Brightness is { } b ? Text($"{(b < 0 ? "darkened" : "brightened")} by {Math.Abs(b):0%}") : null,
            Gamma is { } g ? Text($"gamma {g:0.00}") : null,
            Clahe ? "CLAHE" : null,
            Sharpen is { } s ? Text($"sharpened {s:0.0}") : null,
            Blur is { } sigma ? Text($"blurred {sigma:0.0} px") : null,
            Rotation is { } r ? Text($"rotated {r:+0.0;-0.0}°") : null,
            Shear is { } h ? Text($"sheared {h:+0.0;-0.0}°") : null,
            Scale is var (x, y) ? Text($"scaled {x:0.00} × {y:0.00}") : null,
            Shift is var (right, down) ? Text($"shifted {right:+0%;-0%}, {down:+0%;-0%}") : null,
            Flip ? "flipped" : null,
        ];
        return [.. all.OfType<string>()];

        static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }
}
