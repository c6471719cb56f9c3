using OpenCvSharp;

namespace CxrCluster.Imaging.Eligibility;

/// <summary>
/// Finds rectangles by their outline: long, perfectly horizontal and vertical runs of steep change that meet in corners.
/// Anatomy has none of that length; collimator edges are at the picture's sides or tilted. A rectangle that lies along the
/// picture's side, where it has no edge, must be of one value inside.
/// </summary>
internal static class EdgeRectangles
{
    // In units of a gray range of 255.
    private const float Step = 20;
    private const float Deviation = 8;

    // Share of a side that shows an edge: each of the four, and all together; less where the inside is one value, which
    // then meets its own value outside.
    private const double LeastCoverage = 0.6;
    private const double LeastTotalCoverage = 3.5;
    private const double LeastFlatCoverage = 0.4;
    private const double LeastFlatTotalCoverage = 2.8;
    private const double LeastFlatShare = 0.9;

    /// <summary>The rectangles of a normalised picture, in its pixels.</summary>
    public static IEnumerable<PixelRect> Find(Mat picture)
    {
        var (width, height) = (picture.Cols, picture.Rows);
        using var transposed = new Mat();
        Cv2.Transpose(picture, transposed);
        var horizontal = EdgeMap.Of(picture, Step);
        var vertical = EdgeMap.Of(transposed, Step);
        var rows = horizontal.LinesWithRuns((int)(RectangleRules.LeastSide * width));
        var columns = vertical.LinesWithRuns((int)(RectangleRules.LeastSide * height));
        foreach (var (top, bottom) in Pairs(rows, RectangleRules.LeastSide * height))
        {
            var sides = columns.Where(x => vertical.Coverage(x, top, bottom) >= LeastFlatCoverage).ToList();
            foreach (var (left, right) in Pairs(sides, RectangleRules.LeastSide * width))
            {
                var rectangle = new PixelRect(left, top, right - left, bottom - top);
                double[] coverage =
                [
                    horizontal.Coverage(top, left, right),
                    horizontal.Coverage(bottom, left, right),
                    vertical.Coverage(left, top, bottom),
                    vertical.Coverage(right, top, bottom),
                ];
                var (atLeft, atTop) = (left == 0, top == 0);
                var (atRight, atBottom) = (right == width, bottom == height);
                if (
                    coverage.Min() < LeastFlatCoverage
                    || coverage.Sum() < LeastFlatTotalCoverage
                    || !RectangleRules.HasArtifactSize(rectangle, width, height)
                    || !RectangleRules.IsNoStrip(atLeft, atTop, atRight, atBottom)
                )
                {
                    continue;
                }

                var outlined = coverage.Min() >= LeastCoverage && coverage.Sum() >= LeastTotalCoverage;
                var atSide = atLeft || atTop || atRight || atBottom;
                if (outlined && !atSide || (outlined || !atSide) && IsFlatInside(picture, rectangle))
                {
                    yield return rectangle;
                }
            }
        }
    }

    private static IEnumerable<(int First, int Second)> Pairs(IReadOnlyList<int> lines, double leastDistance)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            for (var j = i + 1; j < lines.Count; j++)
            {
                if (lines[j] - lines[i] >= leastDistance)
                {
                    yield return (lines[i], lines[j]);
                }
            }
        }
    }

    private static bool IsFlatInside(Mat picture, PixelRect rectangle)
    {
        const int Edge = 3;
        var inside = new PixelRect(
            rectangle.X + Edge,
            rectangle.Y + Edge,
            rectangle.Width - (2 * Edge),
            rectangle.Height - (2 * Edge)
        );
        if (inside.Width < 1 || inside.Height < 1)
        {
            return false;
        }

        var values = RegionValues.Of(picture, inside);
        return values.ShareNear(values.Median, Deviation) >= LeastFlatShare;
    }
}
