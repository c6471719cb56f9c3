using CxrCluster.Dicom.Format;

namespace CxrCluster.Dicom.Pixels;

/// <summary>Takes the first frame out of uncompressed pixels.</summary>
internal static class NativePixels
{
    /// <summary>The frame's bytes, little endian.</summary>
    /// <exception cref="InvalidDataException">There are fewer bytes than the size asks for.</exception>
    public static byte[] FirstFrame(PixelElement pixels, PixelModule module, bool bigEndian)
    {
        var wanted = module.FrameBytes * module.Frames;
        if (pixels.Native.Length < wanted)
        {
            throw new InvalidDataException(
                $"the file is cut off: it has {pixels.Native.Length} of {wanted} bytes of pixels; copy or send it again."
            );
        }

        var frame = pixels.Native.Span[..(int)module.FrameBytes].ToArray();
        // Big endian turns words, also such that hold two 8-bit pixels; only bytes (VR OB) stay as they are.
        if (bigEndian && !(module.BitsAllocated == 8 && pixels.IsBytes))
        {
            for (var i = 0; i + 1 < frame.Length; i += 2)
            {
                (frame[i], frame[i + 1]) = (frame[i + 1], frame[i]);
            }
        }

        return frame;
    }
}
