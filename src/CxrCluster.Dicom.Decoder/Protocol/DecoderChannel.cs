using System.Buffers.Binary;
using System.Text;

namespace CxrCluster.Dicom.Decoder.Protocol;

/// <summary>
/// The framing between pool and child. A request is a length (int32, little endian) and a DICOM file of so many bytes. A reply
/// is eight int32 (mark, status, rows, columns, samples, bits allocated, luminance-chrominance, length) and so many bytes:
/// samples for <see cref="DecoderStatus.Decoded"/>, UTF-8 text otherwise. The mark tells a reply from whatever a codec prints.
/// </summary>
internal static class DecoderChannel
{
    private const int Mark = 0x43585231; // CXR1
    private const int HeadLength = 32;
    private const int LongestText = 4096;

    /// <summary>Sends a file to a child.</summary>
    public static async Task WriteRequestAsync(
        Stream stream,
        ReadOnlyMemory<byte> file,
        CancellationToken cancellationToken
    )
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, file.Length);
        await stream.WriteAsync(length, cancellationToken);
        await stream.WriteAsync(file, cancellationToken);
        await stream.FlushAsync(cancellationToken);
    }

    /// <summary>Waits for the next file; null when the pool has closed the channel.</summary>
    /// <exception cref="EndOfStreamException">The channel ended within a file.</exception>
    /// <exception cref="InvalidDataException">The length is none.</exception>
    public static byte[]? ReadRequest(Stream stream, long most)
    {
        Span<byte> head = stackalloc byte[4];
        var read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (read == 0)
        {
            return null;
        }

        if (read < head.Length)
        {
            throw new EndOfStreamException();
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(head);
        if (length < 0 || length > most)
        {
            throw new InvalidDataException($"a request of {length} bytes");
        }

        var file = new byte[length];
        stream.ReadExactly(file);
        return file;
    }

    /// <summary>Sends a reply to the pool.</summary>
    public static void WriteReply(Stream stream, DecoderReply reply)
    {
        var payload = reply.Frame?.Samples8 ?? Encoding.UTF8.GetBytes(Shorten(reply.Text));
        Span<byte> head = stackalloc byte[HeadLength];
        ReadOnlySpan<int> fields =
        [
            Mark,
            (int)reply.Status,
            reply.Frame?.Rows ?? 0,
            reply.Frame?.Columns ?? 0,
            reply.Frame?.Samples ?? 0,
            reply.Frame?.BitsAllocated ?? 0,
            reply.Frame?.IsLuminanceChrominance == true ? 1 : 0,
            payload.Length,
        ];
        for (var i = 0; i < fields.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(head[(4 * i)..], fields[i]);
        }

        stream.Write(head);
        stream.Write(payload);
        stream.Flush();
    }

    /// <summary>Waits for a child's next message.</summary>
    /// <param name="stream">The child's protocol output.</param>
    /// <param name="mostBytes">Largest payload: a child that has been taken over cannot exhaust the memory here.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="EndOfStreamException">The child is gone.</exception>
    /// <exception cref="InvalidDataException">The message is none of the protocol's.</exception>
    public static async Task<DecoderReply> ReadReplyAsync(
        Stream stream,
        long mostBytes,
        CancellationToken cancellationToken
    )
    {
        var head = new byte[HeadLength];
        await stream.ReadExactlyAsync(head, cancellationToken);
        int Field(int i) => BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(4 * i));
        var (status, rows, columns, samples, bits, length) = (
            (DecoderStatus)Field(1),
            Field(2),
            Field(3),
            Field(4),
            Field(5),
            Field(7)
        );
        var isFrame = status == DecoderStatus.Decoded;
        if (
            Field(0) != Mark
            || !Enum.IsDefined(status)
            || length < 0
            || length > (isFrame ? mostBytes : LongestText)
            || (isFrame && (rows < 1 || columns < 1 || samples is not (1 or 3) || bits is not (8 or 16)))
            || (isFrame && length != (long)rows * columns * samples * bits / 8)
        )
        {
            throw new InvalidDataException("The decoder's answer makes no sense.");
        }

        var payload = new byte[length];
        await stream.ReadExactlyAsync(payload, cancellationToken);
        return isFrame
            ? new DecoderReply(status, "", new DecodedFrame(rows, columns, samples, bits, Field(6) == 1, payload))
            : new DecoderReply(status, Encoding.UTF8.GetString(payload));
    }

    private static string Shorten(string text) => text.Length <= LongestText / 4 ? text : text[..(LongestText / 4)];
}
