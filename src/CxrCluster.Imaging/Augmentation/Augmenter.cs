using CxrCluster.Imaging.Preprocessing;
using OpenCvSharp;

namespace CxrCluster.Imaging.Augmentation;

/// <summary>
/// Changes 8-bit squares for training. What is done to an image depends on seed, epoch and the image's name only, not on
/// its batch, on the order or on who computes it. Safe to use from several threads.
/// </summary>
/// <param name="options">Valid options.</param>
public sealed class Augmenter(AugmentationOptions options)
{
    /// <summary>Standard deviation of the unsharp mask's Gaussian, pixels.</summary>
    private const double UnsharpSigma = 1;

    /// <summary>Bars are black before the preprocessing's CLAHE, which lifts them by a few levels.</summary>
    private const double BarLevel = 8;

    private static readonly Clahe Equaliser = new();

    /// <summary>What is done to the image <paramref name="name"/> in an epoch.</summary>
    public AugmentationPlan Plan(int seed, int epoch, string name) =>
        AugmentationPlan.Draw(options, new CounterRandom(seed, epoch, name));

    /// <summary>
    /// Carries out a plan: first exposure and focus on the image, then one affine map, bilinear, on both. What comes in from
    /// outside is black, and the black bars around a picture stay black.
    /// </summary>
    /// <param name="image">The preprocessed radiograph.</param>
    /// <param name="map">Its lung map or mask; the same side.</param>
    /// <param name="plan">What to do.</param>
    /// <returns>New squares, or the given ones where nothing is changed.</returns>
    public static (SquareImage Image, SquareImage Map) Apply(SquareImage image, SquareImage map, AugmentationPlan plan)
    {
        using var pixels = View(image).Clone();
        Expose(pixels, plan);
        if (plan.Affine(image.Side) is not { } affine)
        {
            return (new(image.Side, pixels.CopyBytes()), map);
        }

        using var lungs = View(map);
        return (Warp(pixels, affine), Warp(lungs, affine));
    }

    private static Mat View(SquareImage square) =>
        Mat.FromPixelData(square.Side, square.Side, MatType.CV_8UC1, square.Pixels);

    /// <summary>
    /// Changes values in place, inside the smallest rectangle that holds the picture: brightening must not turn the padding
    /// into a grey frame, which would tell a portrait from a landscape picture.
    /// </summary>
    private static void Expose(Mat pixels, AugmentationPlan plan)
    {
        using var bright = pixels.Threshold(BarLevel, 255, ThresholdTypes.Binary);
        var picture = Cv2.BoundingRect(bright);
        if (picture.Width == 0 || picture.Height == 0)
        {
            return;
        }

        using var inside = pixels[picture];
        if (plan.Brightness is not null || plan.Gamma is not null)
        {
            Cv2.LUT(inside, Levels(plan), inside);
        }

        if (plan.Clahe)
        {
            using var equalised = Equaliser.Apply(inside);
            equalised.CopyTo(inside);
        }

        if (plan.Blur is { } sigma and > 0)
        {
            using var blurred = Blur(inside, sigma);
            blurred.CopyTo(inside);
        }

        if (plan.Sharpen is { } strength)
        {
            using var blurred = Blur(inside, UnsharpSigma);
            Cv2.AddWeighted(inside, 1 + strength, blurred, -strength, 0, inside);
        }
    }

    /// <summary>The new value of each of the 256 levels: gamma, then brightness.</summary>
    private static byte[] Levels(AugmentationPlan plan) =>
        [
            .. Enumerable
                .Range(0, 256)
                .Select(level => Math.Pow(level / 255.0, plan.Gamma ?? 1) + (plan.Brightness ?? 0))
                .Select(level => (byte)Math.Round(255 * Math.Clamp(level, 0, 1))),
        ];

    /// <summary>The rectangle's own pixels only: an isolated border, or the black around it would leak in.</summary>
    private static Mat Blur(Mat inside, double sigma)
    {
        var blurred = new Mat();
        Cv2.GaussianBlur(inside, blurred, default, sigma, sigma, BorderTypes.Replicate | BorderTypes.Isolated);
        return blurred;
    }

    private static SquareImage Warp(Mat square, double[] affine)
    {
        var moved = new byte[square.Rows * square.Cols];
        using var matrix = Mat.FromPixelData(2, 3, MatType.CV_64FC1, affine);
        using var target = Mat.FromPixelData(square.Rows, square.Cols, MatType.CV_8UC1, moved);
        Cv2.WarpAffine(square, target, matrix, square.Size(), InterpolationFlags.Linear, BorderTypes.Constant);
        return new(square.Cols, moved);
    }
}
