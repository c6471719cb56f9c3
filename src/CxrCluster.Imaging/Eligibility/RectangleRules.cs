namespace CxrCluster.Imaging.Eligibility;

/// <summary>What both ways of finding rectangles ask of size and place.</summary>
internal static class RectangleRules
{
    /// <summary>Shortest side, as a share of the picture's: saturated strips and cables are thinner.</summary>
    public const double LeastSide = 0.1;

    /// <summary>Whether the rectangle's sides and share of the picture are those of an artifact.</summary>
    public static bool HasArtifactSize(PixelRect rectangle, int width, int height)
    {
        var share = (double)rectangle.Area / ((long)width * height);
        return rectangle.Width >= LeastSide * width
            && rectangle.Height >= LeastSide * height
            && share is >= RectangularArtifactDetector.LeastShare and <= RectangularArtifactDetector.MostShare;
    }

    /// <summary>
    /// Whether the rectangle lies free, along one side or in a corner. Touching opposite sides it is a strip: a border or
    /// a collimator's shadow.
    /// </summary>
    public static bool IsNoStrip(bool left, bool top, bool right, bool bottom) => !(left && right) && !(top && bottom);
}
