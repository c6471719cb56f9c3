using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Training;

/// <summary>
/// A checkpoint's bytes: magic, length of a JSON header, the header, the tensors' bytes, and the SHA-256 of all that. The
/// hash is checked before anything of it is used for training.
/// </summary>
internal static class CheckpointFile
{
    private const int MaxHeader = 64 << 20;
    private const int CopyBuffer = 1 << 20;

    private static ReadOnlySpan<byte> Magic => "CXRCKP01"u8;

    /// <summary>Whether a seekable stream holds a whole checkpoint.</summary>
    public static bool IsSound(Stream file)
    {
        if (file.Length <= Magic.Length + SHA256.HashSizeInBytes)
        {
            return false;
        }

        using var hashing = new HashingStream(file);
        var buffer = new byte[CopyBuffer];
        for (var left = file.Length - SHA256.HashSizeInBytes; left > 0; )
        {
            var part = buffer.AsSpan(0, (int)Math.Min(left, buffer.Length));
            hashing.ReadExactly(part);
            left -= part.Length;
        }

        return HasHash(file, hashing.Hash());
    }

    /// <summary>Writes a checkpoint; tensors of any device and strides.</summary>
    public static void Write(Stream stream, CheckpointHeader header, IReadOnlyDictionary<string, Tensor> tensors)
    {
        using var noGradient = no_grad();
        var json = JsonSerializer.SerializeToUtf8Bytes(
            header with
            {
                Tensors = [.. tensors.Select(t => new CheckpointTensor(t.Key, $"{t.Value.dtype}", t.Value.shape))],
            }
        );
        using var hashing = new HashingStream(stream);
        hashing.Write(Magic);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, json.Length);
        hashing.Write(length);
        hashing.Write(json);
        foreach (var tensor in tensors.Values)
        {
            using var scope = NewDisposeScope();
            tensor.detach().cpu().contiguous().WriteBytesToStream(hashing, CopyBuffer);
        }

        stream.Write(hashing.Hash());
    }

    /// <summary>
    /// Reads a checkpoint. <paramref name="targets"/> is asked, once the header is known, for the tensors to fill: exactly
    /// the checkpoint's, by name.
    /// </summary>
    /// <exception cref="CheckpointException">It is damaged, or holds other tensors. The targets may then be half filled.</exception>
    public static void Read(Stream stream, Func<CheckpointHeader, IReadOnlyDictionary<string, Tensor>> targets)
    {
        try
        {
            using var noGradient = no_grad();
            using var hashing = new HashingStream(stream);
            var header = ReadHeader(hashing);
            var filled = targets(header);
            foreach (var entry in header.Tensors)
            {
                if (
                    !filled.TryGetValue(entry.Name, out var target)
                    || !target.shape.SequenceEqual(entry.Shape)
                    || $"{target.dtype}" != entry.Type
                )
                {
                    throw new CheckpointException(
                        $"The checkpoint's tensor {entry.Name} does not fit the network; train without --resume."
                    );
                }

                using var scope = NewDisposeScope();
                var values = empty(target.shape, target.dtype);
                values.ReadBytesFromStream(hashing, CopyBuffer);
                target.copy_(values);
            }

            if (filled.Count != header.Tensors.Count || !HasHash(stream, hashing.Hash()))
            {
                throw Damaged();
            }
        }
        catch (Exception problem) when (problem is EndOfStreamException or JsonException)
        {
            throw Damaged(problem);
        }
    }

    private static CheckpointHeader ReadHeader(Stream stream)
    {
        Span<byte> start = stackalloc byte[Magic.Length + sizeof(int)];
        stream.ReadExactly(start);
        var length = BinaryPrimitives.ReadInt32LittleEndian(start[Magic.Length..]);
        if (!start.StartsWith(Magic) || length is < 2 or > MaxHeader)
        {
            throw Damaged();
        }

        var json = new byte[length];
        stream.ReadExactly(json);
        return JsonSerializer.Deserialize<CheckpointHeader>(json) ?? throw Damaged();
    }

    private static bool HasHash(Stream stream, byte[] hash)
    {
        Span<byte> stored = stackalloc byte[SHA256.HashSizeInBytes];
        stream.ReadExactly(stored);
        return stored.SequenceEqual(hash);
    }

    private static CheckpointException Damaged(Exception? cause = null)
    {
        const string Sentence = "The checkpoint is damaged or of another version; train without --resume.";
        return cause is null ? new(Sentence) : new(Sentence, cause);
    }
}
