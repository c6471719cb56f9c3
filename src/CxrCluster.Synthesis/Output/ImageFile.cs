using CxrCluster.Imaging;
using CxrCluster.Synthesis.Acquisition;
using CxrCluster.Synthesis.Plan;

namespace CxrCluster.Synthesis.Output;

/// <summary>Turns a picture into a file of the cohort's format.</summary>
internal static class ImageFile
{
    /// <summary>File name of an image.</summary>
    public static string NameOf(ImagePlan image, SynthesisFormat format) =>
        image.Name + (format == SynthesisFormat.Dicom ? ".dcm" : ".png");

    /// <summary>Bytes of an image.</summary>
    public static byte[] Encode(Picture picture, ImagePlan image, SynthesisOptions options)
    {
        if (options.Format == SynthesisFormat.Dicom)
        {
            return DicomFile.Encode(picture, image, options);
        }

        if (image.Patient.Machine.PngBits == 8)
        {
            return PngWriter.Encode(picture.Width, picture.Height, Array.ConvertAll(picture.Quantise(8), v => (byte)v));
        }

        // As exported from a 12-bit detector: 4096 levels spread over 16 bits.
        var pixels = Array.ConvertAll(picture.Quantise(12), v => (ushort)((v << 4) | (v >> 8)));
        return PngWriter.Encode16(picture.Width, picture.Height, pixels);
    }
}
