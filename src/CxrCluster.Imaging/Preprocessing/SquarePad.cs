using OpenCvSharp;

namespace CxrCluster.Imaging.Preprocessing;

/// <summary>
/// Pads the shorter side with black, half on either end (the odd line at the right or bottom), until the picture is square.
/// </summary>
public static class SquarePad
{
    /// <summary>The padded picture; side = the longer side, same bit depth.</summary>
    public static Radiograph Apply(Radiograph r)
    {
        using var view = r.View();
        using var padded = Apply(view);
        return padded.ToRadiograph(r.BitDepth, r.Provenance);
    }

    /// <summary>Where a picture of this size lies inside its square.</summary>
    public static PixelRect Place(int width, int height)
    {
        var side = Math.Max(width, height);
        return new PixelRect((side - width) / 2, (side - height) / 2, width, height);
    }

    internal static Mat Apply(Mat mat)
    {
        var place = Place(mat.Cols, mat.Rows);
        var side = Math.Max(mat.Cols, mat.Rows);
        var padded = new Mat();
        // Isolated: when the picture is a crop, the border is black, not the pixels around the crop.
        Cv2.CopyMakeBorder(
            mat,
            padded,
            place.Y,
            side - place.Bottom,
            place.X,
            side - place.Right,
            BorderTypes.Constant | BorderTypes.Isolated,
            Scalar.All(0)
        );
        return padded;
    }
}
