using static TorchSharp.torch;

namespace CxrCluster.Learning.Weights.TorchFiles;

/// <summary>Numbers that one or more tensors of a file look at.</summary>
/// <param name="Key">Its name in the file.</param>
/// <param name="Type">Of the numbers.</param>
/// <param name="ElementSize">Bytes of one number.</param>
/// <param name="Count">Numbers it claims to have.</param>
internal sealed record TorchStorage(string Key, ScalarType Type, int ElementSize, long Count)
{
    private static readonly Dictionary<string, (ScalarType Type, int Size)> Types = new(StringComparer.Ordinal)
    {
        ["DoubleStorage"] = (ScalarType.Float64, 8),
        ["FloatStorage"] = (ScalarType.Float32, 4),
        ["HalfStorage"] = (ScalarType.Float16, 2),
        ["BFloat16Storage"] = (ScalarType.BFloat16, 2),
        ["LongStorage"] = (ScalarType.Int64, 8),
        ["IntStorage"] = (ScalarType.Int32, 4),
        ["ShortStorage"] = (ScalarType.Int16, 2),
        ["CharStorage"] = (ScalarType.Int8, 1),
        ["ByteStorage"] = (ScalarType.Byte, 1),
        ["BoolStorage"] = (ScalarType.Bool, 1),
    };

    /// <summary>Bytes it takes in the file.</summary>
    public long ByteCount => Count * ElementSize;

    /// <summary>Whether <paramref name="name" /> is a class of storages in the module torch.</summary>
    public static bool IsType(string name) => Types.ContainsKey(name);

    /// <summary>A storage of a class that <see cref="IsType" /> knows.</summary>
    /// <exception cref="FormatException">The count is impossible.</exception>
    public static TorchStorage Create(string type, string key, long count)
    {
        (ScalarType scalar, int size) = Types[type];
        return count is >= 0 and <= long.MaxValue / 8
            ? new TorchStorage(key, scalar, size, count)
            : throw new FormatException($"the storage '{key}' claims {count} numbers");
    }
}
