using OpenCvSharp;

namespace CxrCluster.Imaging.Eligibility;

/// <summary>
/// Finds connected areas of one constant value that fill their bounding box. Noise and anatomy leave no such area; saturated
/// ones have curved outlines.
/// </summary>
internal static class ConstantBoxes
{
    // In units of a gray range of 255. JPEG at common qualities leaves a constant area within 2 of its value.
    private const float LocalRange = 2.5f;
    private const float Deviation = 3;
    private const double LeastFill = 0.87;

    // Removes bridges to other flat areas; boxes are far wider.
    private const int Opening = 9;

    // Outside the box by more than a JPEG block, whose ringing narrows the flat area.
    private const int Outside = 10;
    private const float Contrast = 6;

    /// <summary>The boxes of a normalised picture, in its pixels.</summary>
    public static IEnumerable<PixelRect> Find(Mat picture)
    {
        using var flat = FlatAreas(picture);
        using var labels = new Mat();
        using var statistics = new Mat();
        using var centroids = new Mat();
        var count = Cv2.ConnectedComponentsWithStats(
            flat,
            labels,
            statistics,
            centroids,
            PixelConnectivity.Connectivity4,
            MatType.CV_32SC1
        );
        var boxes = new List<PixelRect>();
        for (var label = 1; label < count; label++)
        {
            int Statistic(ConnectedComponentsTypes type) => statistics.At<int>(label, (int)type);
            var core = new PixelRect(
                Statistic(ConnectedComponentsTypes.Left),
                Statistic(ConnectedComponentsTypes.Top),
                Statistic(ConnectedComponentsTypes.Width),
                Statistic(ConnectedComponentsTypes.Height)
            );
            // The local range is not flat on the box's outermost pixels.
            var box = Grow(core, 1, picture);
            if (
                Statistic(ConnectedComponentsTypes.Area) >= LeastFill * core.Area
                && RectangleRules.HasArtifactSize(box, picture.Cols, picture.Rows)
                && IsOneValue(picture, core, out var value)
                && StandsOut(picture, box, value)
            )
            {
                boxes.Add(box);
            }
        }

        return boxes;
    }

    private static Mat FlatAreas(Mat picture)
    {
        using var three = Cv2.GetStructuringElement(MorphShapes.Rect, new Size(3, 3));
        using var brightest = new Mat();
        using var darkest = new Mat();
        using var range = new Mat();
        using var flat = new Mat();
        Cv2.Dilate(picture, brightest, three);
        Cv2.Erode(picture, darkest, three);
        Cv2.Subtract(brightest, darkest, range);
        Cv2.InRange(range, Scalar.All(0), Scalar.All(LocalRange), flat);
        using var square = Cv2.GetStructuringElement(MorphShapes.Rect, new Size(Opening, Opening));
        var opened = new Mat();
        Cv2.MorphologyEx(flat, opened, MorphTypes.Open, square);
        return opened;
    }

    /// <summary>Whether nearly every pixel has the median value: no slow gradient, which is locally flat too.</summary>
    private static bool IsOneValue(Mat picture, PixelRect core, out float value)
    {
        var values = RegionValues.Of(picture, core);
        value = values.Median;
        return values.ShareNear(value, Deviation) >= 0.95 * LeastFill;
    }

    /// <summary>Whether the surroundings differ on every side that is not the picture's own, on most of them clearly.</summary>
    private static bool StandsOut(Mat picture, PixelRect box, float value)
    {
        var (left, top) = (box.X < Outside, box.Y < Outside);
        var (right, bottom) = (box.Right > picture.Cols - Outside, box.Bottom > picture.Rows - Outside);
        if (!RectangleRules.IsNoStrip(left, top, right, bottom))
        {
            return false;
        }

        double[] differing =
        [
            left ? 1 : Differing(box with { X = box.X - Outside, Width = 1 }),
            right ? 1 : Differing(box with { X = box.Right + Outside - 1, Width = 1 }),
            top ? 1 : Differing(box with { Y = box.Y - Outside, Height = 1 }),
            bottom ? 1 : Differing(box with { Y = box.Bottom + Outside - 1, Height = 1 }),
        ];
        return differing.Min() >= 0.3 && differing.Sum() >= 2.6;

        double Differing(PixelRect line) => 1 - RegionValues.Of(picture, line).ShareNear(value, Contrast);
    }

    private static PixelRect Grow(PixelRect r, int by, Mat picture)
    {
        var (left, top) = (Math.Max(0, r.X - by), Math.Max(0, r.Y - by));
        var (right, bottom) = (Math.Min(picture.Cols, r.Right + by), Math.Min(picture.Rows, r.Bottom + by));
        return new PixelRect(left, top, right - left, bottom - top);
    }
}
