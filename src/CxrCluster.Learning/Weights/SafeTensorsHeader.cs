using System.Buffers.Binary;
using System.Text.Json;

namespace CxrCluster.Learning.Weights;

/// <summary>
/// The header of a safetensors file: 8 bytes of little-endian length, then JSON. Everything in it is checked against
/// the file's length before anything is allocated for a tensor.
/// </summary>
/// <param name="Entries">The tensors in order of their bytes.</param>
/// <param name="Metadata">Free text by key.</param>
/// <param name="DataStart">Where the tensors' bytes begin in the file.</param>
internal sealed record SafeTensorsHeader(
    IReadOnlyList<TensorEntry> Entries,
    IReadOnlyDictionary<string, string> Metadata,
    long DataStart
)
{
    /// <summary>The key under which the format keeps free text.</summary>
    public const string MetadataKey = "__metadata__";

    private const int LengthBytes = 8;

    // ResNet-152 needs 0.1 MB; the reference implementation stops at 100 MB.
    private const long MaxHeaderBytes = 16L << 20;
    private const int MaxRank = 8;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    /// <exception cref="FormatException">The header contradicts itself or the file; the message is a clause.</exception>
    public static SafeTensorsHeader Read(Stream file)
    {
        long length = file.Length;
        if (length < LengthBytes)
            throw new FormatException($"it has {length} bytes, fewer than the header's length takes");
        Span<byte> prefix = stackalloc byte[LengthBytes];
        file.ReadExactly(prefix);
        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (headerLength < 2 || headerLength > MaxHeaderBytes || headerLength > (ulong)(length - LengthBytes))
            throw new FormatException($"its header claims {headerLength} bytes in a file of {length}");
        byte[] json = new byte[headerLength];
        file.ReadExactly(json);

        long dataStart = LengthBytes + (long)headerLength;
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Strict);
            return Parse(document.RootElement, dataStart, length - dataStart);
        }
        // a string with broken UTF-8 or half a surrogate pair shows only when it is read, as an InvalidOperationException
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new FormatException($"its header is not sound JSON ({error.Message.TrimEnd('.')})", error);
        }
    }

    private static SafeTensorsHeader Parse(JsonElement root, long dataStart, long dataLength)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw new FormatException("its header is not a JSON object");
        Dictionary<string, string> metadata = [];
        List<TensorEntry> entries = [];
        foreach (JsonProperty property in root.EnumerateObject())
            if (property.NameEquals(MetadataKey))
                metadata = ParseMetadata(property.Value);
            else
                entries.Add(ParseEntry(property));
        entries.Sort((a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)));

        // the format allows neither overlap nor holes: every byte belongs to exactly one tensor
        long covered = 0;
        foreach (TensorEntry entry in entries)
        {
            if (entry.Begin != covered)
                throw new FormatException($"tensor '{entry.Name}' begins at byte {entry.Begin} instead of {covered}");
            covered = entry.End;
        }
        return covered == dataLength
            ? new SafeTensorsHeader(entries, metadata, dataStart)
            : throw new FormatException($"its tensors take {covered} bytes, but {dataLength} follow the header");
    }

    private static Dictionary<string, string> ParseMetadata(JsonElement metadata) =>
        metadata.ValueKind == JsonValueKind.Object
        && metadata.EnumerateObject().All(item => item.Value.ValueKind == JsonValueKind.String)
            ? metadata.EnumerateObject().ToDictionary(item => item.Name, item => item.Value.GetString()!)
            : throw new FormatException("its metadata is not text by key");

    private static TensorEntry ParseEntry(JsonProperty property)
    {
        string name = property.Name;
        JsonElement value = property.Value;
        if (
            value.ValueKind != JsonValueKind.Object
            || !value.TryGetProperty("dtype", out JsonElement dtype)
            || dtype.ValueKind != JsonValueKind.String
            || !TryReadNumbers(value, "shape", MaxRank, out long[] shape)
            || !TryReadNumbers(value, "data_offsets", 2, out long[] offsets)
            || offsets is not [long begin, long end]
        )
            throw new FormatException($"tensor '{name}' lacks a sound dtype, shape or data_offsets");
        if (TensorEntry.Find(dtype.GetString()) is not var (type, size))
            throw new FormatException($"tensor '{name}' has the type '{dtype.GetString()}', which is not supported");
        if (end - begin != ByteCount(shape, size))
            throw new FormatException(
                $"tensor '{name}' of shape [{string.Join(", ", shape)}] and type {dtype.GetString()} does not take "
                    + $"the bytes {begin} to {end}"
            );
        return new TensorEntry(name, type, shape, begin, end);
    }

    /// <summary>Bytes of a tensor; -1, which no range of offsets has, when the product overflows.</summary>
    private static long ByteCount(long[] shape, int elementSize)
    {
        try
        {
            return shape.Aggregate((long)elementSize, (product, n) => checked(product * n));
        }
        catch (OverflowException)
        {
            return -1;
        }
    }

    /// <summary>An array of at most <paramref name="most" /> integers, each from 0 to 2^62.</summary>
    private static bool TryReadNumbers(JsonElement entry, string name, int most, out long[] numbers)
    {
        numbers = [];
        if (
            !entry.TryGetProperty(name, out JsonElement array)
            || array.ValueKind != JsonValueKind.Array
            || array.GetArrayLength() > most
        )
            return false;
        numbers = new long[array.GetArrayLength()];
        for (int i = 0; i < numbers.Length; i++)
            if (
                array[i].ValueKind != JsonValueKind.Number
                || !array[i].TryGetInt64(out numbers[i])
                || numbers[i] is < 0 or > 1L << 62
            )
                return false;
        return true;
    }
}
