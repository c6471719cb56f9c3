using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace CxrCluster.Learning.Tests.Weights.TorchFiles;

/// <summary>Files as torch.save writes them, and files that only look so.</summary>
internal static class TorchFixtures
{
    /// <summary>What a storage of four floats and a tensor 2 x 2 over it look like in a pickle.</summary>
    public const string StorageText = "(X\a\0\0\0storagectorch\nFloatStorage\nX\u0001\0\0\00X\u0003\0\0\0cpuK\u0004tQ";
    public const string TensorText =
        $"ctorch._utils\n_rebuild_tensor_v2\n({StorageText}K\0K\u0002K\u0002\u0086K\u0002K\u0001\u0086\u0089}}tR";

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Fixtures");

    public static string Zip { get; } = Path.Combine(Folder, "torch_zip.bin");

    public static string Legacy { get; } = Path.Combine(Folder, "torch_legacy.bin");

    public static Dictionary<string, Expected> Values { get; } =
        JsonSerializer.Deserialize<Dictionary<string, Expected>>(
            File.ReadAllText(Path.Combine(Folder, "torch_files.json")),
            JsonSerializerOptions.Web
        )!;

    /// <summary>A dictionary with one tensor "w", or with whatever stands in its place.</summary>
    public static string Dictionary(string value = TensorText) => $"}}X\u0001\0\0\0w{value}s";

    /// <summary>A zip of a description (each character a byte, without protocol and end) and the storage "0".</summary>
    public static byte[] MakeZip(string description, params (string Name, byte[] Content)[] more)
    {
        using MemoryStream bytes = new();
        using (ZipArchive zip = new(bytes, ZipArchiveMode.Create))
        {
            Add(zip, "w/data.pkl", Pickle(description));
            Add(zip, "w/data/0", new byte[16]);
            foreach ((string name, byte[] content) in more)
                Add(zip, name, content);
        }
        return bytes.ToArray();
    }

    /// <summary>A legacy file whose value has this description, and whose only storage, if it has one, is "0".</summary>
    public static byte[] MakeLegacy(string description, string machine = "}X\r\0\0\0little_endian\u0088s") =>
        [
            .. Pickle("\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019"),
            .. Pickle("M\u00e9\u0003"),
            .. Pickle(machine),
            .. Pickle(description),
            .. Pickle(description.Contains("Storage\n", StringComparison.Ordinal) ? "]X\u0001\0\0\00a" : "]"),
            .. BitConverter.GetBytes(4L),
            .. new byte[16],
        ];

    private static byte[] Pickle(string description) => Encoding.Latin1.GetBytes($"\u0080\u0002{description}.");

    private static void Add(ZipArchive zip, string name, byte[] content)
    {
        using Stream stream = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
        stream.Write(content);
    }

    public sealed record Expected(string Type, long[] Shape, double[] Values);
}
