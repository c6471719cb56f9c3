using System.Buffers.Binary;
using System.IO.Compression;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Weights.TorchFiles;

/// <summary>torch.save's format since 2020: an uncompressed zip with the description in data.pkl and one file per storage.</summary>
internal static class TorchZip
{
    private const int CopyBuffer = 1 << 20;
    private const string Description = "/data.pkl";

    // some 250 bytes per tensor
    private const long MaxDirectory = 16 << 20;
    private const int EndRecord = 22;

    /// <summary>How such a file begins.</summary>
    public static ReadOnlySpan<byte> Magic => "PK\x03\x04"u8;

    /// <summary>The description's value and the numbers of every storage by key, in the current dispose scope.</summary>
    /// <exception cref="FormatException">The file is damaged or hostile; the message is a clause.</exception>
    public static (object? Root, Dictionary<string, Tensor> Numbers) Read(FileStream file)
    {
        CheckDirectory(file);
        using ZipArchive zip = new(file, ZipArchiveMode.Read, leaveOpen: true);
        string[] descriptions =
        [
            .. zip
                .Entries.Select(entry => entry.FullName)
                .Where(n => n.EndsWith(Description, StringComparison.Ordinal)),
        ];
        if (descriptions is not [string description])
            throw new FormatException($"it is a zip with {descriptions.Length} files data.pkl instead of one");
        string folder = description[..^Description.Length];
        CheckByteOrder(zip.GetEntry($"{folder}/byteorder"));

        Dictionary<string, TorchStorage> storages = [];
        object? root;
        using (Stream pickle = new BufferedStream(Open(zip.GetEntry(description)!)))
            root = PickleReader.Read(pickle, storages);
        StorageSum.Check(storages.Values, file.Length);
        return (root, storages.ToDictionary(item => item.Key, item => ReadNumbers(zip, folder, item.Value)));
    }

    private static Tensor ReadNumbers(ZipArchive zip, string folder, TorchStorage storage)
    {
        ZipArchiveEntry entry =
            zip.GetEntry($"{folder}/data/{storage.Key}")
            ?? throw new FormatException($"the numbers of storage '{storage.Key}' are not in it");
        if (entry.Length != storage.ByteCount)
            throw new FormatException(
                $"storage '{storage.Key}' has {entry.Length} bytes instead of {storage.ByteCount}"
            );
        Tensor numbers = empty([storage.Count], storage.Type);
        using Stream stream = Open(entry);
        if (storage.Count > 0)
            numbers.ReadBytesFromStream(stream, CopyBuffer);
        return numbers;
    }

    /// <summary>A file of the zip. torch.save compresses nothing, so that a compressed one is no file of its making.</summary>
    private static Stream Open(ZipArchiveEntry entry) =>
        entry.Length == entry.CompressedLength
            ? entry.Open()
            : throw new FormatException($"'{entry.FullName}' in it is compressed");

    private static void CheckByteOrder(ZipArchiveEntry? entry)
    {
        if (entry is null)
            return;
        using StreamReader text = new(Open(entry));
        char[] order = new char[16];
        int length = text.ReadBlock(order);
        if (!order.AsSpan(0, length).SequenceEqual("little"))
            throw new FormatException("its numbers are big-endian");
    }

    /// <summary>Refuses a directory of millions of files before the library makes an object of each.</summary>
    private static void CheckDirectory(FileStream file)
    {
        byte[] tail = new byte[Math.Min(file.Length, EndRecord + ushort.MaxValue)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        file.Position = 0;
        int end = tail.AsSpan().LastIndexOf("PK\x05\x06"u8);
        if (end < 0 || end > tail.Length - EndRecord)
            throw new FormatException("it is a zip without its end");
        uint start = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        if (file.Length - start > MaxDirectory + EndRecord + ushort.MaxValue)
            throw new FormatException("it is a zip with a directory of more than 16 MB");
    }
}
