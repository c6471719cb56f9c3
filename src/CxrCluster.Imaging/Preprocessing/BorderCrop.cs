using OpenCvSharp;

namespace CxrCluster.Imaging.Preprocessing;

/// <summary>
/// Cuts borders of one flat gray value (black, but also the white of a scanned page) and margins that hold nothing but
/// text or markers on such a value. Each side takes its own value from its outermost line and gives way line by line, as
/// long as a line holds nothing of the picture: everything off the margin's value that hangs together over more than
/// <see cref="TextArea"/> of the area counts as picture, everything smaller as text.
/// </summary>
public static class BorderCrop
{
    /// <summary>Largest connected part, as a share of the whole area, that is still text or a marker.</summary>
    public const double TextArea = 0.02;

    /// <summary>How far a margin may stray from its value, as a share of the picture's gray range (noise, JPEG ringing).</summary>
    public const double Tolerance = 0.04;

    /// <summary>Least share of the area that a crop keeps; a smaller rest means that there was no margin to find.</summary>
    public const double LeastRest = 0.05;

    // Margins are found on a smaller copy: thin strokes survive the averaging and 1 in 768 is precise enough.
    private const int AnalysisSide = 768;

    /// <summary>The cropped picture, same bit depth; the whole of it when there is no margin.</summary>
    public static Radiograph Apply(Radiograph r)
    {
        using var view = r.View();
        using var part = view.SubMat(Find(view).ToRect());
        return part.ToRadiograph(r.BitDepth, r.Provenance);
    }

    /// <summary>The part of <paramref name="r"/> to keep, in its pixels.</summary>
    public static PixelRect Find(Radiograph r)
    {
        using var view = r.View();
        return Find(view);
    }

    internal static PixelRect Find(Mat mat)
    {
        var scale = Math.Max(1, Math.Max(mat.Rows, mat.Cols) / (double)AnalysisSide);
        using var small = new Mat();
        Cv2.Resize(
            mat,
            small,
            new Size(Math.Max(1, (int)(mat.Cols / scale)), Math.Max(1, (int)(mat.Rows / scale))),
            0,
            0,
            InterpolationFlags.Area
        );
        var margins = new MarginFinder(small);
        var rest = margins.Find();
        if (rest.Area < LeastRest * small.Rows * small.Cols)
        {
            return new PixelRect(0, 0, mat.Cols, mat.Rows);
        }

        // Outwards: one line of margin stays, because edges are soft, and none of the picture goes.
        var (scaleX, scaleY) = ((double)mat.Cols / small.Cols, (double)mat.Rows / small.Rows);
        var left = Math.Max(0, (int)((rest.X - 1) * scaleX));
        var top = Math.Max(0, (int)((rest.Y - 1) * scaleY));
        var right = Math.Min(mat.Cols, (int)Math.Ceiling((rest.Right + 1) * scaleX));
        var bottom = Math.Min(mat.Rows, (int)Math.Ceiling((rest.Bottom + 1) * scaleY));
        return new PixelRect(left, top, right - left, bottom - top);
    }
}
