using System.Buffers.Binary;
using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Weights;

/// <summary>
/// Reads and writes the safetensors format: named tensors behind a JSON header. Nothing in a file can run, and nothing
/// it claims is believed before it is checked against the file's length. Types: F64, F32, F16, BF16, I64, I32, I16, I8, U8.
/// Format: https://github.com/huggingface/safetensors#format.
/// </summary>
public static class SafeTensors
{
    // the library's own default is 1 KB
    private const int CopyBuffer = 1 << 20;

    /// <summary>All tensors of a file, on the CPU, owned by the caller (registered in its current dispose scope).</summary>
    /// <exception cref="InvalidWeightsException">The file is absent, damaged or hostile.</exception>
    public static Dictionary<string, Tensor> Read(string path) =>
        Open(
            path,
            (file, header) =>
            {
                using DisposeScope scope = NewDisposeScope();
                Dictionary<string, Tensor> tensors = [];
                foreach (TensorEntry entry in header.Entries)
                {
                    Tensor values = empty(entry.Shape, entry.Type);
                    if (entry.End > entry.Begin)
                        values.ReadBytesFromStream(file, CopyBuffer);
                    tensors.Add(entry.Name, values);
                }
                foreach (Tensor values in tensors.Values)
                    values.MoveToOuterDisposeScope();
                return tensors;
            }
        );

    /// <summary>The file's metadata; empty when it has none.</summary>
    /// <exception cref="InvalidWeightsException">The file is absent, damaged or hostile.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(string path) =>
        Open(path, (_, header) => header.Metadata);

    /// <summary>
    /// Writes tensors of any device and strides. Equal values give equal bytes: tensors stand in order of falling element
    /// size (which keeps each aligned), then name. The file appears whole or not at all.
    /// </summary>
    /// <exception cref="ArgumentException">A name occurs twice, is reserved, or a type has no place in the format.</exception>
    public static void Write(
        string path,
        IEnumerable<KeyValuePair<string, Tensor>> tensors,
        IReadOnlyDictionary<string, string>? metadata = null
    )
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        List<(string Name, Tensor Values)> ordered =
        [
            .. tensors
                .Select(pair => (pair.Key, Values: pair.Value.detach().cpu().contiguous()))
                .OrderByDescending(item => item.Values.element_size())
                .ThenBy(item => item.Key, StringComparer.Ordinal),
        ];
        byte[] header = Header(ordered, metadata);
        AtomicFile.Write(
            path,
            file =>
            {
                Span<byte> length = stackalloc byte[sizeof(long)];
                BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
                file.Write(length);
                file.Write(header);
                foreach ((_, Tensor values) in ordered)
                    if (values.numel() > 0)
                        values.WriteBytesToStream(file, CopyBuffer);
            }
        );
    }

    private static T Open<T>(string path, Func<FileStream, SafeTensorsHeader, T> read)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            return read(file, SafeTensorsHeader.Read(file));
        }
        catch (FormatException error)
        {
            throw new InvalidWeightsException(
                $"{path} is no sound safetensors file: {error.Message}. Copy or export it again.",
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

    private static byte[] Header(
        IReadOnlyList<(string Name, Tensor Values)> tensors,
        IReadOnlyDictionary<string, string>? metadata
    )
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject(SafeTensorsHeader.MetadataKey);
                foreach ((string key, string text) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                    json.WriteString(key, text);
                json.WriteEndObject();
            }
            HashSet<string> names = new(StringComparer.Ordinal) { SafeTensorsHeader.MetadataKey };
            long offset = 0;
            foreach ((string name, Tensor values) in tensors)
            {
                if (!names.Add(name))
                    throw new ArgumentException(
                        $"The tensor name '{name}' is reserved or occurs twice.",
                        nameof(tensors)
                    );
                string type =
                    TensorEntry.NameOf(values.dtype)
                    ?? throw new ArgumentException(
                        $"Tensor '{name}' has the type {values.dtype}, which is not written: convert it first.",
                        nameof(tensors)
                    );
                long end = offset + values.numel() * values.element_size();
                json.WriteStartObject(name);
                json.WriteString("dtype", type);
                WriteNumbers(json, "shape", values.shape);
                WriteNumbers(json, "data_offsets", [offset, end]);
                json.WriteEndObject();
                offset = end;
            }
            json.WriteEndObject();
        }
        while (buffer.Length % sizeof(long) != 0)
            buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, long[] numbers)
    {
        json.WriteStartArray(name);
        foreach (long number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
