using System.Buffers.Binary;
using CxrCluster.Dicom.Decoder.Protocol;
using CxrCluster.Dicom.Decoding;
using CxrCluster.Dicom.Format;

namespace CxrCluster.Dicom.Pixels;

/// <summary>
/// Gets the first frame of a file: uncompressed and run-length pixels in managed code, every other codec through the pool of
/// child processes.
/// </summary>
internal sealed class FrameReader(DecoderPool pool)
{
    /// <summary>The frame, and how its patterns mean stored values.</summary>
    /// <param name="file">A file with pixels.</param>
    /// <param name="module">Its pixel module.</param>
    /// <param name="contentHash">Names the file's content to the pool's quarantine.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidDataException">The pixels are damaged or cut off; cause and remedy.</exception>
    /// <exception cref="DecoderUnavailableException">The codec needs GDCM, which is not there.</exception>
    /// <exception cref="DecoderBusyException">The pool's queue is full.</exception>
    public async Task<(Frame Frame, StoredValues Stored)> ReadAsync(
        DicomFile file,
        PixelModule module,
        string contentHash,
        CancellationToken cancellationToken
    )
    {
        var pixels = file.Pixels!;
        if (file.Syntax.IsEncapsulated != pixels.Fragments.Count > 0)
        {
            throw new InvalidDataException("its transfer syntax and its pixels contradict each other; send it again.");
        }

        if (!file.Syntax.IsEncapsulated)
        {
            var native = NativePixels.FirstFrame(pixels, module, file.Syntax.IsBigEndian);
            return (ToGray(native, module, module.IsPlanar, IsLuminance(module)), StoredValues.Native(module));
        }

        var fragments = FrameFragments.OfFirst(pixels, module.Frames);
        if (file.Syntax.Codec == PixelCodec.RunLength)
        {
            var unpacked = RunLength.Decode(Join(fragments), module);
            return (ToGray(unpacked, module, isPlanar: false, IsLuminance(module)), StoredValues.Native(module));
        }

        var stream = Codestream.Read(Join(fragments), file.Syntax.Codec);
        stream.CheckAgainst(module);
        var envelope = FrameFile.Write(file.Syntax.Uid, module, stream, fragments);
        var decoded = await pool.DecodeAsync(envelope, contentHash, cancellationToken);
        if ((decoded.Rows, decoded.Columns, decoded.Samples) != (module.Rows, module.Columns, module.Samples))
        {
            throw new InvalidDataException(
                "it decodes to a picture of another size than its header says; send it again."
            );
        }

        var gray = ToGray(
            decoded.Samples8,
            module with
            {
                BitsAllocated = decoded.BitsAllocated,
            },
            isPlanar: false,
            decoded.IsLuminanceChrominance
        );
        return (gray, StoredValues.Decoded(module, stream));
    }

    private static bool IsLuminance(PixelModule module) =>
        module.Photometric.StartsWith("YBR_FULL", StringComparison.Ordinal);

    private static ReadOnlySpan<byte> Join(IReadOnlyList<ReadOnlyMemory<byte>> fragments)
    {
        if (fragments is [var only])
        {
            return only.Span;
        }

        var joined = new byte[fragments.Sum(f => f.Length)];
        var at = 0;
        foreach (var fragment in fragments)
        {
            fragment.Span.CopyTo(joined.AsSpan(at));
            at += fragment.Length;
        }

        return joined;
    }

    /// <summary>Widens bytes, and takes luminance of colours (ITU-R BT.601, as for other picture files).</summary>
    private static Frame ToGray(byte[] bytes, PixelModule module, bool isPlanar, bool isLuminance)
    {
        var samples = new ushort[module.Rows * module.Columns];
        if (!module.IsGray)
        {
            var (step, plane) = isPlanar ? (1, samples.Length) : (3, 1);
            for (var i = 0; i < samples.Length; i++)
            {
                var at = i * step;
                samples[i] = isLuminance
                    ? bytes[at]
                    : (ushort)(
                        ((299 * bytes[at]) + (587 * bytes[at + plane]) + (114 * bytes[at + (2 * plane)]) + 500) / 1000
                    );
            }
        }
        else if (module.BitsAllocated == 8)
        {
            for (var i = 0; i < samples.Length; i++)
            {
                samples[i] = bytes[i];
            }
        }
        else if (BitConverter.IsLittleEndian)
        {
            Buffer.BlockCopy(bytes, 0, samples, 0, bytes.Length);
        }
        else
        {
            for (var i = 0; i < samples.Length; i++)
            {
                samples[i] = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(2 * i));
            }
        }

        return new Frame(module.Rows, module.Columns, samples);
    }
}
