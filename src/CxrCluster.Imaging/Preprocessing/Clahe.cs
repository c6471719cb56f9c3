using OpenCvSharp;

namespace CxrCluster.Imaging.Preprocessing;

/// <summary>
/// Contrast-limited adaptive histogram equalisation (Zuiderveld, Graphics Gems IV, 1994), as OpenCV computes it: pictures
/// of 8 bits with 256 bins, deeper ones with 65,536. The clip limit acts per bin, so that equal limits give much stronger
/// contrast at 16 bits; the <see cref="Preprocessor"/> therefore always equalises at 8 bits.
/// </summary>
/// <param name="clipLimit">Contrast limit, as a multiple of a bin's mean count.</param>
/// <param name="tiles">Tiles along each side.</param>
public sealed class Clahe(double clipLimit = 2.0, int tiles = 8)
{
    /// <summary>The equalised picture of the same size; 8 bits stay 8, deeper pictures become 16.</summary>
    public Radiograph Apply(Radiograph r)
    {
        using var view = r.View();
        if (r.BitDepth > 8)
        {
            using var deep = Apply(view);
            return deep.ToRadiograph(16, r.Provenance);
        }

        using var bytes = view.ToBytes(255);
        using var equalised = Apply(bytes);
        return equalised.ToRadiograph(8, r.Provenance);
    }

    internal Mat Apply(Mat mat)
    {
        // A new native object each time: it keeps tile tables between calls and is not safe to share between threads.
        using var clahe = Cv2.CreateCLAHE(clipLimit, new Size(tiles, tiles));
        var equalised = new Mat();
        clahe.Apply(mat, equalised);
        return equalised;
    }
}
