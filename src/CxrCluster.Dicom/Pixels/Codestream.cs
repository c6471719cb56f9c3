using System.Buffers.Binary;
using CxrCluster.Dicom.Format;

namespace CxrCluster.Dicom.Pixels;

/// <summary>
/// What a compressed stream says about its picture, read in managed code before a decoder sees it. A stream that is not what
/// the header describes is refused: no decoder then has to survive the difference.
/// </summary>
/// <param name="Rows">Height.</param>
/// <param name="Columns">Width.</param>
/// <param name="Samples">Components.</param>
/// <param name="Bits">Bits per sample.</param>
/// <param name="IsSigned">Whether samples are two's complement (JPEG 2000 only).</param>
internal sealed record Codestream(int Rows, int Columns, int Samples, int Bits, bool IsSigned)
{
    private const byte StartOfImage = 0xD8;
    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;
    private const byte JpegLsFrame = 0xF7;
    private const int MostPadding = 16;

    /// <summary>Reads the head of a stream and looks for its end.</summary>
    /// <exception cref="InvalidDataException">It is damaged, cut off or of another codec.</exception>
    public static Codestream Read(ReadOnlySpan<byte> stream, PixelCodec codec)
    {
        var found = codec == PixelCodec.Jpeg2000 ? ReadJpeg2000(stream) : ReadJpeg(stream, codec == PixelCodec.JpegLs);
        // A decoder fills up what is missing with gray: only the end mark tells a whole stream. Padding may follow it, of
        // zeros or, as some write it, of any other byte.
        return stream[^Math.Min(stream.Length, MostPadding)..].LastIndexOf([(byte)0xFF, EndOfImage]) >= 0
            ? found
            : throw new InvalidDataException("its compressed pixels are cut off; copy or send it again.");
    }

    /// <summary>Refuses a stream that is not the picture of the header.</summary>
    /// <exception cref="InvalidDataException">Size, components or bits differ.</exception>
    public void CheckAgainst(PixelModule module)
    {
        if (Rows != module.Rows || Columns != module.Columns || Samples != module.Samples)
        {
            throw new InvalidDataException(
                $"its header says {module.Columns} x {module.Rows} pixels of {module.Samples} samples, its compressed stream {Columns} x {Rows} of {Samples}; send it again."
            );
        }

        if (Bits is < 2 or > 16 || Bits > module.BitsAllocated)
        {
            throw new InvalidDataException(
                $"its compressed stream has {Bits} bits per sample, its header allocates {module.BitsAllocated}; send it again."
            );
        }
    }

    /// <summary>Walks the marker segments to the frame header (ISO 10918-1 B.2.2, ISO 14495-1 C.2.2).</summary>
    private static Codestream ReadJpeg(ReadOnlySpan<byte> stream, bool isLossless)
    {
        if (stream is not [0xFF, StartOfImage, ..])
        {
            throw Damaged();
        }

        for (var at = 2; at + 4 <= stream.Length; )
        {
            var marker = stream[at + 1];
            if (stream[at] != 0xFF || marker is StartOfScan or EndOfImage)
            {
                break;
            }

            if (marker == 0xFF) // fill byte
            {
                at++;
                continue;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(stream[(at + 2)..]);
            if (length < 2 || at + 2 + length > stream.Length)
            {
                break;
            }

            var isFrame = isLossless
                ? marker == JpegLsFrame
                : marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);
            if (isFrame && length >= 8)
            {
                var frame = stream[(at + 4)..];
                return new Codestream(
                    BinaryPrimitives.ReadUInt16BigEndian(frame[1..]),
                    BinaryPrimitives.ReadUInt16BigEndian(frame[3..]),
                    frame[5],
                    frame[0],
                    IsSigned: false
                );
            }

            at += 2 + length;
        }

        throw Damaged();
    }

    /// <summary>The SIZ segment, which comes first (ISO 15444-1 A.5.1); one tile grid from the origin, no subsampling.</summary>
    private static Codestream ReadJpeg2000(ReadOnlySpan<byte> stream)
    {
        const int SizeLength = 41;
        if (stream.Length < 4 + SizeLength || stream is not [0xFF, 0x4F, 0xFF, 0x51, ..])
        {
            throw Damaged();
        }

        uint At(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt32BigEndian(bytes[offset..]);
        var size = stream[4..];
        var samples = BinaryPrimitives.ReadUInt16BigEndian(size[36..]);
        var (width, height) = (At(size, 4), At(size, 8));
        var (left, top) = (At(size, 12), At(size, 16));
        var (tileWidth, tileHeight) = (At(size, 20), At(size, 24));
        var (tileLeft, tileTop) = (At(size, 28), At(size, 32));
        if (
            samples is not (1 or 3)
            || size.Length < 38 + (3 * samples)
            || width > ushort.MaxValue
            || height > ushort.MaxValue
            || (left, top, tileLeft, tileTop) != (0, 0, 0, 0)
            || tileWidth == 0
            || tileHeight == 0
            || (long)((width + tileWidth - 1) / tileWidth) * ((height + tileHeight - 1) / tileHeight) > ushort.MaxValue
        )
        {
            throw Damaged();
        }

        for (var i = 0; i < samples; i++)
        {
            if (size[38 + (3 * i)] != size[38] || size[39 + (3 * i)] != 1 || size[40 + (3 * i)] != 1)
            {
                throw Damaged();
            }
        }

        return new Codestream((int)height, (int)width, samples, (size[38] & 0x7f) + 1, (size[38] & 0x80) != 0);
    }

    private static InvalidDataException Damaged() => new("its compressed pixels are damaged; copy or send it again.");
}
