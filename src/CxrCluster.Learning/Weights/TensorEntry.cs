using static TorchSharp.torch;

namespace CxrCluster.Learning.Weights;

/// <summary>One tensor of a safetensors header; the offsets count from the end of the header.</summary>
internal sealed record TensorEntry(string Name, ScalarType Type, long[] Shape, long Begin, long End)
{
    /// <summary>The safetensors name, the library's type and the bytes of one element.</summary>
    private static readonly (string Name, ScalarType Type, int Size)[] Types =
    [
        ("F64", ScalarType.Float64, 8),
        ("I64", ScalarType.Int64, 8),
        ("F32", ScalarType.Float32, 4),
        ("I32", ScalarType.Int32, 4),
        ("F16", ScalarType.Float16, 2),
        ("BF16", ScalarType.BFloat16, 2),
        ("I16", ScalarType.Int16, 2),
        ("I8", ScalarType.Int8, 1),
        ("U8", ScalarType.Byte, 1),
    ];

    /// <summary>The type's name in the file, or null when the format as we write it has none.</summary>
    public static string? NameOf(ScalarType type) => Array.Find(Types, known => known.Type == type).Name;

    /// <summary>The type and its size for a name in a file, or null.</summary>
    public static (ScalarType Type, int Size)? Find(string? name) =>
        Array.Find(Types, known => known.Name == name) is { Name: not null } found ? (found.Type, found.Size) : null;
}
