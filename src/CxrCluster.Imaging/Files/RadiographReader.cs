using System.Security.Cryptography;
using OpenCvSharp;

namespace CxrCluster.Imaging;

/// <summary>
/// Reads PNG, JPEG, TIFF and BMP files of 8 or 16 bits into radiographs. Colour becomes luminance (ITU-R BT.601),
/// transparency black, orientation tags are applied. Everything that is no usable picture is refused.
/// </summary>
public static class RadiographReader
{
    /// <summary>Shortest side, in pixels, that can be a chest X-ray.</summary>
    public const int MinSide = 32;

    /// <summary>Most pixels that are decoded (8192 x 8192): bounds one picture's memory to about 1 GB while it is read.</summary>
    public const long MaxPixels = 8192L * 8192;

    /// <summary>Largest file that is read, in bytes.</summary>
    public const long MaxBytes = 1L << 30;

    /// <summary>Decodes <paramref name="bytes"/>; the format is taken from them, never from <paramref name="name"/>.</summary>
    /// <exception cref="UnreadableImageException">The bytes are no usable picture; the message says why and what to do.</exception>
    public static Radiograph Read(byte[] bytes, string name)
    {
        var picture = ReadAny(bytes, name);
        RefuseFlat(picture);
        return picture;
    }

    /// <summary>Reads one file.</summary>
    /// <exception cref="UnreadableImageException">The file is missing, cannot be opened or is no usable picture.</exception>
    public static Radiograph ReadFile(string path) => Read(ImageFile.ReadAllBytes(path), path);

    /// <summary>Reads a mask: as <see cref="ReadFile"/>, but a flat picture (nothing or everything marked) is allowed.</summary>
    /// <exception cref="UnreadableImageException">The file is missing, cannot be opened or is no picture.</exception>
    public static Radiograph ReadMaskFile(string path) => ReadAny(ImageFile.ReadAllBytes(path), path);

    private static Radiograph ReadAny(byte[] bytes, string name)
    {
        try
        {
            var header = ImageHeader.Parse(bytes);
            RefuseSize(header.Width, header.Height);
            if (header.IsCutOff)
            {
                throw ImageHeader.CutOff(header.Format);
            }

            using var plane = PictureDecoder.Decode(bytes, header);
            var provenance = new ImageProvenance(name, header.Format, Convert.ToHexStringLower(SHA256.HashData(bytes)))
            {
                AppliedOrientation = header.Orientation,
            };
            return plane.ToRadiograph(PictureDecoder.BitDepth(plane), provenance);
        }
        catch (InvalidDataException e)
        {
            throw new UnreadableImageException($"{name} cannot be used: {e.Message}", e);
        }
    }

    /// <summary>Refuses sizes that are no chest X-ray, from the header alone.</summary>
    /// <exception cref="InvalidDataException">Too few or too many pixels.</exception>
    internal static void RefuseSize(long width, long height)
    {
        var size = $"{width} x {height} pixels";
        if (width == 0 || height == 0)
        {
            throw new InvalidDataException($"it has no pixels ({size}); export it again.");
        }

        if (width < MinSide || height < MinSide)
        {
            throw new InvalidDataException(
                $"{size} are too few for a chest X-ray (at least {MinSide} a side); export it at full size."
            );
        }

        if (width > MaxPixels / height)
        {
            throw new InvalidDataException(
                $"{size} are more than the {MaxPixels / 1_000_000} million allowed; scale it down to at most 8192 a side."
            );
        }
    }

    /// <summary>Whether 98 % of the pixels have nearly one value.</summary>
    internal static bool IsFlat(Radiograph picture) => Range(picture) is var (low, high) && high - low < 4;

    /// <summary>Refuses a picture that shows nothing.</summary>
    /// <exception cref="UnreadableImageException">It is flat.</exception>
    internal static void RefuseFlat(Radiograph picture)
    {
        var (low, high) = Range(picture);
        if (high - low >= 4)
        {
            return;
        }

        var colour =
            high < 4 ? "all black"
            : low > picture.MaxValue - 4 ? "all white"
            : "one flat gray";
        throw new UnreadableImageException(
            $"{picture.Provenance.Name} cannot be used: the picture is {colour}, it shows nothing; export it again."
        );
    }

    private static (int Low, int High) Range(Radiograph picture)
    {
        using var view = picture.View();
        var histogram = new GrayHistogram(view);
        return (histogram.Percentile(1), histogram.Percentile(99));
    }
}
