namespace CxrCluster.Imaging.Preprocessing;

/// <summary>Contrast-limited adaptive histogram equalisation (Zuiderveld 1994), as OpenCV computes it.</summary>
public sealed class Clahe(double clipLimit = 2.0, int tiles = 8)
{
    /// <summary>The equalised picture of the same size and bit depth.</summary>
    public Radiograph Apply(Radiograph r)
    {
        _ = (clipLimit, tiles);
        throw new NotSupportedException();
    }
}
