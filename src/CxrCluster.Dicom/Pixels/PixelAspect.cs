using CxrCluster.Dicom.Format;
using CxrCluster.Imaging;
using OpenCvSharp;

namespace CxrCluster.Dicom.Pixels;

/// <summary>Makes pixels square.</summary>
internal static class PixelAspect
{
    private const double Tolerance = 0.01;
    private const double Most = 4;

    /// <summary>
    /// Height of a pixel over its width: Pixel Aspect Ratio, else Pixel Spacing, else Imager Pixel Spacing; 1 when none of
    /// them has two positive numbers.
    /// </summary>
    public static double Read(DicomDataSet data)
    {
        foreach (var tag in (uint[])[DicomTags.PixelAspectRatio, DicomTags.PixelSpacing, DicomTags.ImagerPixelSpacing])
        {
            if (data.Numbers(tag) is [> 0 and var vertical, > 0 and var horizontal])
            {
                return vertical / horizontal;
            }
        }

        return 1;
    }

    /// <summary>Lengthens the side along which pixels are longer.</summary>
    /// <exception cref="InvalidDataException">The ratio makes no sense, or the result is too large.</exception>
    public static Radiograph MakeSquare(Radiograph r, double ratio)
    {
        if (Math.Abs(ratio - 1) <= Tolerance)
        {
            return r;
        }

        if (ratio is > Most or < 1 / Most)
        {
            throw new InvalidDataException(
                $"its pixels are {ratio:0.###} times as high as wide, which no detector has; correct its pixel spacing."
            );
        }

        var (width, height) =
            ratio > 1 ? (r.Width, (int)Math.Round(r.Height * ratio)) : ((int)Math.Round(r.Width / ratio), r.Height);
        RadiographReader.RefuseSize(width, height);
        var pixels = new ushort[width * height];
        using var from = Mat.FromPixelData(r.Height, r.Width, MatType.CV_16UC1, r.Pixels);
        using var to = Mat.FromPixelData(height, width, MatType.CV_16UC1, pixels);
        Cv2.Resize(from, to, new Size(width, height), interpolation: InterpolationFlags.Linear);
        return new Radiograph(width, height, r.BitDepth, pixels, r.Provenance);
    }
}
