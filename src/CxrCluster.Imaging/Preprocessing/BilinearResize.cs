namespace CxrCluster.Imaging.Preprocessing;

/// <summary>Resizes to a square of the given side by bilinear interpolation (OpenCV's INTER_LINEAR).</summary>
public sealed class BilinearResize(int side)
{
    /// <summary>The resized picture, side x side, of the same bit depth.</summary>
    public Radiograph Apply(Radiograph r)
    {
        _ = side;
        throw new NotSupportedException();
    }
}
