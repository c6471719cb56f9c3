using System.Buffers.Binary;

namespace CxrCluster.Dicom.Pixels;

/// <summary>DICOM's RLE (PS3.5 annex G): one segment per byte plane, high bytes first, each in PackBits.</summary>
internal static class RunLength
{
    private const int HeadLength = 64;

    /// <summary>Decodes one frame into samples in the order of native pixels, interleaved by pixel.</summary>
    /// <exception cref="InvalidDataException">The stream is damaged or ends before its last pixel.</exception>
    public static byte[] Decode(ReadOnlySpan<byte> stream, PixelModule module)
    {
        var width = module.BitsAllocated / 8;
        var planes = module.Samples * width;
        if (stream.Length < HeadLength || BinaryPrimitives.ReadUInt32LittleEndian(stream) != planes)
        {
            throw Damaged();
        }

        var pixels = module.Rows * module.Columns;
        var decoded = new byte[module.FrameBytes];
        for (var plane = 0; plane < planes; plane++)
        {
            var segment = Segment(stream, plane, planes);
            // Plane p of a 16-bit sample is its high byte when p is even: little endian has that second.
            var offset = ((plane / width) * width) + (width - 1 - (plane % width));
            Unpack(segment, decoded, offset, planes, pixels);
        }

        return decoded;
    }

    private static ReadOnlySpan<byte> Segment(ReadOnlySpan<byte> stream, int plane, int planes)
    {
        var start = BinaryPrimitives.ReadUInt32LittleEndian(stream[(4 + (4 * plane))..]);
        var end =
            plane + 1 < planes
                ? BinaryPrimitives.ReadUInt32LittleEndian(stream[(8 + (4 * plane))..])
                : (uint)stream.Length;
        return start < HeadLength || start > end || end > (uint)stream.Length
            ? throw Damaged()
            : stream[(int)start..(int)end];
    }

    private static void Unpack(ReadOnlySpan<byte> packed, byte[] into, int offset, int step, int count)
    {
        var (at, done) = (0, 0);
        while (done < count)
        {
            if (at >= packed.Length)
            {
                throw Damaged();
            }

            var control = (sbyte)packed[at++];
            if (control == sbyte.MinValue)
            {
                continue;
            }

            var isRun = control < 0;
            var length = Math.Min(isRun ? 1 - control : control + 1, count - done);
            if (at + (isRun ? 1 : length) > packed.Length)
            {
                throw Damaged();
            }

            for (var i = 0; i < length; i++)
            {
                into[offset + (step * done++)] = packed[isRun ? at : at + i];
            }

            at += isRun ? 1 : control + 1;
        }
    }

    private static InvalidDataException Damaged() =>
        new("its run-length pixels are damaged or cut off; copy or send it again.");
}
