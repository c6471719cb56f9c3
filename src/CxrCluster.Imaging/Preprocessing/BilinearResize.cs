using OpenCvSharp;

namespace CxrCluster.Imaging.Preprocessing;

/// <summary>
/// Resizes to a square by bilinear interpolation with half-pixel centres (OpenCV's INTER_LINEAR). A picture that is not
/// square is stretched: run <see cref="SquarePad"/> before.
/// </summary>
/// <param name="side">Side of the result in pixels.</param>
public sealed class BilinearResize(int side)
{
    /// <summary>The resized picture, side x side, of the same bit depth.</summary>
    public Radiograph Apply(Radiograph r)
    {
        using var view = r.View();
        using var resized = Apply(view);
        return resized.ToRadiograph(r.BitDepth, r.Provenance);
    }

    internal Mat Apply(Mat mat)
    {
        var resized = new Mat();
        Cv2.Resize(mat, resized, new Size(side, side), 0, 0, InterpolationFlags.Linear);
        return resized;
    }
}
