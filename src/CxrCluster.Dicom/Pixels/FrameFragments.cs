using CxrCluster.Dicom.Format;

namespace CxrCluster.Dicom.Pixels;

/// <summary>Finds the compressed stream of the first frame among an image's fragments.</summary>
internal static class FrameFragments
{
    private const int ItemHead = 8;

    /// <summary>
    /// The fragments of frame 1: by count where there is one per frame, by the offset table where it is filled, else up to
    /// the next fragment that starts a stream.
    /// </summary>
    /// <exception cref="InvalidDataException">There are fewer fragments than frames.</exception>
    public static IReadOnlyList<ReadOnlyMemory<byte>> OfFirst(PixelElement pixels, int frames)
    {
        var fragments = pixels.Fragments;
        if (fragments.Count < frames)
        {
            throw new InvalidDataException(
                $"it has {frames} frames but only {fragments.Count} of their streams; send it again."
            );
        }

        if (frames == 1)
        {
            return fragments;
        }

        if (fragments.Count == frames)
        {
            return [fragments[0]];
        }

        var count = 1;
        long position = ItemHead + fragments[0].Length;
        while (
            count < fragments.Count
            && (
                pixels.FrameOffsets.Count > 1 ? position < pixels.FrameOffsets[1] : !StartsStream(fragments[count].Span)
            )
        )
        {
            position += ItemHead + fragments[count].Length;
            count++;
        }

        return [.. fragments.Take(count)];
    }

    /// <summary>Start of image in JPEG and JPEG-LS, start of codestream in JPEG 2000.</summary>
    private static bool StartsStream(ReadOnlySpan<byte> fragment) =>
        fragment.StartsWith([(byte)0xFF, (byte)0xD8]) || fragment.StartsWith([(byte)0xFF, (byte)0x4F]);
}
