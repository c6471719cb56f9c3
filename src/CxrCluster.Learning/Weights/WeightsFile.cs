using CxrCluster.Learning.Weights.TorchFiles;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Weights;

/// <summary>
/// Reads weights of any origin: torch.save's files, new (zip) and old, and safetensors. Nothing in a file can run: of
/// Python's pickle format only what dictionaries of tensors need is understood (docs/adr/0007-reading-torch-files.md).
/// </summary>
public static class WeightsFile
{
    /// <summary>Largest file in bytes; VGG16 with its classifier takes 0.5 GB.</summary>
    public const long MaxBytes = 4L << 30;

    private delegate (object? Root, Dictionary<string, Tensor> Numbers) TorchReader(FileStream file);

    /// <summary>
    /// All tensors of a file, on the CPU, owned by the caller (registered in its current dispose scope). They may share
    /// memory and have any strides, as they had when they were saved.
    /// </summary>
    /// <exception cref="InvalidWeightsException">The file is absent, damaged, hostile, or of another kind.</exception>
    public static Dictionary<string, Tensor> Read(string path) =>
        Open(path, (file, torch) => torch is null ? null : Tensors(file, torch)) ?? SafeTensors.Read(path);

    /// <summary>The metadata of a safetensors file; empty for torch.save's files, which have none.</summary>
    /// <exception cref="InvalidWeightsException">The file is absent, damaged or hostile.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(string path) =>
        Open(path, (_, torch) => torch is null ? null : new Dictionary<string, string>())
        ?? SafeTensors.ReadMetadata(path);

    private static T Open<T>(string path, Func<FileStream, TorchReader?, T> read)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            return file.Length <= MaxBytes
                ? read(file, FindReader(file))
                : throw new FormatException($"it has {file.Length} bytes, more than {MaxBytes}");
        }
        catch (Exception error) when (error is FormatException or InvalidDataException or EndOfStreamException)
        {
            throw new InvalidWeightsException(
                $"{path} is no sound file of weights: {error.Message.TrimEnd('.')}. "
                    + "Save it again with torch.save(model.state_dict(), FILE).",
                error
            );
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidWeightsException(
                $"{path} cannot be read ({error.Message}). Check the path and its permissions.",
                error
            );
        }
    }

    /// <summary>The reader for what the file begins with; null when it can only be safetensors, which begin with a length.</summary>
    private static TorchReader? FindReader(FileStream file)
    {
        Span<byte> start = stackalloc byte[TorchLegacy.Magic.Length];
        start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        file.Position = 0;
        return start.StartsWith(TorchZip.Magic) ? TorchZip.Read
            : start.StartsWith(TorchLegacy.Magic) ? TorchLegacy.Read
            : null;
    }

    private static Dictionary<string, Tensor> Tensors(FileStream file, TorchReader read)
    {
        using DisposeScope scope = NewDisposeScope();
        (object? root, Dictionary<string, Tensor> numbers) = read(file);
        return StateDict
            .Find(root)
            .ToDictionary(
                item => item.Key,
                item => item.Value.Of(numbers[item.Value.Storage.Key]).MoveToOuterDisposeScope(),
                StringComparer.Ordinal
            );
    }
}
