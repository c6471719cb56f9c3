using System.Buffers.Binary;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Weights.TorchFiles;

/// <summary>
/// torch.save's format before 2020: pickles of a magic number, a protocol number, facts about the machine, the value, the
/// keys of the storages; then every storage, its count in front.
/// </summary>
internal static class TorchLegacy
{
    private const int CopyBuffer = 1 << 20;
    private const long Protocol = 1001;

    /// <summary>How such a file begins: the magic number's pickle.</summary>
    public static ReadOnlySpan<byte> Magic =>
        [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.'];

    /// <inheritdoc cref="TorchZip.Read" />
    public static (object? Root, Dictionary<string, Tensor> Numbers) Read(FileStream file)
    {
        file.Position = Magic.Length;
        Dictionary<string, TorchStorage> storages = [];
        if (PickleReader.Read(file, storages) is not Protocol)
            throw new FormatException($"it does not follow torch's protocol {Protocol}");
        if (
            PickleReader.Read(file, storages) is not Dictionary<object, object?> machine
            || machine.GetValueOrDefault("little_endian") is not true
        )
            throw new FormatException("its numbers are not said to be little-endian");
        object? root = PickleReader.Read(file, storages);
        if (
            PickleReader.Read(file, []) is not List<object?> keys
            || !storages.Keys.ToHashSet<object?>().SetEquals(keys)
        )
            throw new FormatException("its list of storages is not that of its tensors");
        StorageSum.Check(storages.Values, file.Length - file.Position);

        Dictionary<string, Tensor> numbers = [];
        foreach (TorchStorage storage in keys.Select(key => storages[(string)key!]))
            if (!numbers.TryAdd(storage.Key, ReadNumbers(file, storage)))
                throw new FormatException($"it lists the storage '{storage.Key}' twice");
        return (root, numbers);
    }

    private static Tensor ReadNumbers(FileStream file, TorchStorage storage)
    {
        Span<byte> length = stackalloc byte[sizeof(long)];
        file.ReadExactly(length);
        long count = BinaryPrimitives.ReadInt64LittleEndian(length);
        if (count != storage.Count || storage.ByteCount > file.Length - file.Position)
            throw new FormatException($"storage '{storage.Key}' does not have the {storage.Count} numbers it claims");
        Tensor numbers = empty([storage.Count], storage.Type);
        if (storage.Count > 0)
            numbers.ReadBytesFromStream(file, CopyBuffer);
        return numbers;
    }
}
