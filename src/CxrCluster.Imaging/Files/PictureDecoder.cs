using OpenCvSharp;

namespace CxrCluster.Imaging;

/// <summary>Decodes a picture whose header was accepted into one upright gray plane, brighter = denser.</summary>
internal static class PictureDecoder
{
    // OpenCV would print to stderr what every caller is told in a sentence.
    static PictureDecoder() => Cv2.SetLogLevel(LogLevel.SILENT);

    /// <summary>The plane, 8- or 16-bit unsigned.</summary>
    /// <exception cref="InvalidDataException">The pixels cannot be decoded.</exception>
    public static Mat Decode(byte[] bytes, ImageHeader header)
    {
        using var picture = DecodePixels(header.Rewritten ?? bytes, header.Format);
        if (picture.Depth() is not (MatType.CV_8U or MatType.CV_16U))
        {
            throw new InvalidDataException(
                "its pixels are neither 8- nor 16-bit whole numbers; save it as a 16-bit PNG."
            );
        }

        using var gray = ToGray(picture);
        if (header.WhiteIsZero)
        {
            Cv2.BitwiseNot(gray, gray);
        }

        return Upright(gray, header.Orientation);
    }

    /// <summary>
    /// 8 for bytes; else the fewest of 8, 10, 12, 14 and 16 bits that hold the brightest pixel, because 16-bit files often
    /// carry the 10 to 14 bits of a detector.
    /// </summary>
    public static int BitDepth(Mat plane)
    {
        if (plane.Depth() == MatType.CV_8U)
        {
            return 8;
        }

        Cv2.MinMaxLoc(plane, out double _, out double max);
        int[] depths = [8, 10, 12, 14, 16];
        return depths.First(depth => max < 1 << depth);
    }

    private static Mat DecodePixels(byte[] bytes, string format)
    {
        try
        {
            // Unchanged: full depth, all channels, and no orientation of OpenCV's own.
            var picture = Cv2.ImDecode(bytes, ImreadModes.Unchanged);
            if (!picture.Empty())
            {
                return picture;
            }

            picture.Dispose();
        }
        catch (OpenCVException e)
        {
            throw new InvalidDataException($"the {format} cannot be decoded ({e.Message}); save it as PNG.", e);
        }

        throw ImageHeader.Damaged(format, "its pixels cannot be decoded");
    }

    private static Mat ToGray(Mat picture)
    {
        var gray = new Mat();
        switch (picture.Channels())
        {
            case 1:
                picture.CopyTo(gray);
                break;
            case 3:
                Cv2.CvtColor(picture, gray, ColorConversionCodes.BGR2GRAY);
                break;
            case 4:
                Cv2.CvtColor(picture, gray, ColorConversionCodes.BGRA2GRAY);
                using (var alpha = picture.ExtractChannel(3))
                {
                    var opaque = picture.Depth() == MatType.CV_8U ? byte.MaxValue : ushort.MaxValue;
                    Cv2.Multiply(gray, alpha, gray, 1.0 / opaque);
                }

                break;
            default:
                throw new InvalidDataException(
                    $"it has {picture.Channels()} channels, a picture has 1, 3 or 4; save it as a gray PNG."
                );
        }

        return gray;
    }

    /// <summary>Undoes an EXIF orientation (CIPA DC-008, tag 274).</summary>
    private static Mat Upright(Mat stored, int orientation)
    {
        var upright = new Mat();
        switch (orientation)
        {
            case 2:
                Cv2.Flip(stored, upright, FlipMode.Y);
                break;
            case 3:
                Cv2.Rotate(stored, upright, RotateFlags.Rotate180);
                break;
            case 4:
                Cv2.Flip(stored, upright, FlipMode.X);
                break;
            case 5:
                Cv2.Transpose(stored, upright);
                break;
            case 6:
                Cv2.Rotate(stored, upright, RotateFlags.Rotate90Clockwise);
                break;
            case 7:
                Cv2.Transpose(stored, upright);
                Cv2.Rotate(upright, upright, RotateFlags.Rotate180);
                break;
            case 8:
                Cv2.Rotate(stored, upright, RotateFlags.Rotate90Counterclockwise);
                break;
            default:
                stored.CopyTo(upright);
                break;
        }

        return upright;
    }
}
