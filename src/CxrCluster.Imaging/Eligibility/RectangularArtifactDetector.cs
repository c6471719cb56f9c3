using CxrCluster.Imaging.Preprocessing;
using OpenCvSharp;

namespace CxrCluster.Imaging.Eligibility;

/// <summary>
/// Finds axis-aligned rectangles that cover a meaningful part of the picture, in two ways: areas of one constant value that
/// fill their bounding box (redaction boxes, also where anatomy around them has nearly their value), and four straight,
/// sharp edges that meet (pasted insets, drawn frames, boxes that run into an area of their own value). Borders, which
/// <see cref="BorderCrop"/> cuts, and strips along a whole side are none.
/// </summary>
public sealed class RectangularArtifactDetector
{
    /// <summary>Least part of the picture inside its borders that an artifact covers: side markers and labels are smaller.</summary>
    public const double LeastShare = 0.035;

    /// <summary>Largest part: beyond it lies the exposed field itself.</summary>
    public const double MostShare = 0.6;

    // Enough to keep the lines of a drawn frame visible. Smaller pictures are enlarged: seen pixel by pixel, anatomy has
    // sharp edges too, and steepness must mean the same at every resolution.
    private const double AnalysisSide = 512;

    /// <summary>The largest rectangular artifact of <paramref name="r"/>, or null when there is none.</summary>
#pragma warning disable CA1822 // An instance, so that callers can be given one and its settings can grow.
    public RectangularArtifact? Detect(Radiograph r)
#pragma warning restore CA1822
    {
        using var view = r.View();
        var crop = BorderCrop.Find(view);
        using var part = view.SubMat(crop.ToRect());
        using var small = Normalise(part);
        var found = ConstantBoxes.Find(small).Concat(EdgeRectangles.Find(small)).ToList();
        if (found.Count == 0)
        {
            return null;
        }

        var (scaleX, scaleY) = ((double)crop.Width / small.Cols, (double)crop.Height / small.Rows);
        var largest = found.MaxBy(rectangle => rectangle.Area);
        var area = new PixelRect(
            crop.X + (int)Math.Round(largest.X * scaleX),
            crop.Y + (int)Math.Round(largest.Y * scaleY),
            (int)Math.Round(largest.Width * scaleX),
            (int)Math.Round(largest.Height * scaleY)
        );
        return new RectangularArtifact(area, Describe(r, area));
    }

    /// <summary>A copy with a longer side of <see cref="AnalysisSide"/>, as floats whose gray range is 255 wide.</summary>
    private static Mat Normalise(Mat picture)
    {
        var histogram = new GrayHistogram(picture);
        var range = Math.Max(1, histogram.Percentile(99.5) - histogram.Percentile(0.5));
        var scale = Math.Max(picture.Rows, picture.Cols) / AnalysisSide;
        using var floats = new Mat();
        var small = new Mat();
        picture.ConvertTo(floats, MatType.CV_32FC1, 255.0 / range);
        Cv2.Resize(
            floats,
            small,
            new Size((int)Math.Ceiling(picture.Cols / scale), (int)Math.Ceiling(picture.Rows / scale)),
            0,
            0,
            scale > 1 ? InterpolationFlags.Area : InterpolationFlags.Linear
        );
        return small;
    }

    private static string Describe(Radiograph r, PixelRect area) =>
        $"A sharp-edged rectangle of {area.Width} x {area.Height} pixels at ({area.X}, {area.Y}) covers "
        + $"{100.0 * area.Area / ((long)r.Width * r.Height):F0} % of the picture; export the radiograph without boxes, "
        + "frames or insets.";
}
