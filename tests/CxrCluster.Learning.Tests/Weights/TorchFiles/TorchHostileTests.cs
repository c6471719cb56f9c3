using System.Buffers.Binary;
using System.IO.Compression;
using CxrCluster.Learning.Tests.Data;
using CxrCluster.Learning.Weights;
using FsCheck;
using FsCheck.Fluent;
using TorchSharp;
using static CxrCluster.Learning.Tests.Weights.TorchFiles.TorchFixtures;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Tests.Weights.TorchFiles;

/// <summary>Files that lie or attack: each is refused with a sentence, nothing runs, and no memory is taken for claims.</summary>
public sealed class TorchHostileTests : IDisposable
{
    private const string OneByOne = "K\u0001\u0085K\u0001\u0085";
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string> Descriptions =>
        new()
        {
            { "cposix\nsystem\nX\u0004\0\0\0true\u0085R", "it asks for posix.system" },
            { "cbuiltins\neval\n)R", "it asks for builtins.eval" },
            { "cos\nsystem\nq\0.", "it asks for os.system" },
            { Dictionary("ctorch.hub\nload\n)R"), "it asks for torch.hub.load" },
            { Dictionary("ctorch._utils\n_rebuild_tensor_v2\n)R"), "arguments that weights do not have" },
            { Dictionary("ccollections\nOrderedDict\nK\u0001\u0085R"), "arguments that weights do not have" },
            { Dictionary("ccollections\nOrderedDict\n]K\u0001a\u0085R"), "no list of pairs" },
            { Dictionary("ctorch.nn.parameter\nParameter\n)\u0081"), "no parameter" },
            { "(iposix\nsystem\n", "opcode 0x69" },
            { "(cposix\nsystem\no", "it asks for posix.system" },
            { "X\u0005\0\0\0posixX\u0006\0\0\0system\u0093", "opcode 0x93" },
            { "K\u0001)b", "sets the state of an object" },
            { "]q\0h\0a", "does not hold weights by name" }, // a list that contains itself
            { "}q\0X\u0001\0\0\0wh\0s", "'w' in it is no tensor" }, // a dictionary that contains itself
            { "}q\0X\n\0\0\0state_dicth\0s", "'state_dict' in it is no tensor" }, // a wrapper around itself
            { "}q\0)h\0s", "a key that is neither text nor number" },
            { "h\a", "recalls the value 7" },
            { "j\u00ff\u00ff\u00ff\u007f", "recalls the value 2147483647" },
            { "0", "opcode 0x30" },
            { "a", "takes a value where there is none" },
            { "t", "takes a value where there is none" },
            { "}(K\u0001u", "a key without a value" },
            { "(a", "takes a value where there is none" },
            { "X\u00ff\u00ff\u00ff\u00ff", "a text claims 4294967295 bytes" },
            { "X\u00ff\u00ff\u00ff\u007f", "a text claims 2147483647 bytes" },
            { "X\u0001\0\0\0\u00ff", "is not UTF-8" },
            { "\u008a\u00ff", "a number takes 255 bytes" },
            { $"c{new string('a', 5000)}\n", "a name has more than 4096 bytes" },
            { new string('(', 17 << 20), "takes more than 16777216 bytes" },
            { "K\u0001", "does not hold weights by name" },
            { "}", "does not hold weights by name" },
            { $"}}K\u0001{TensorText}s", "names a tensor 1, which is no text" },
            { Dictionary("(X\u0004\0\0\0diskX\u0001\0\0\0/tQ"), "refers to something outside" },
            {
                Dictionary(View(StorageText, "K\0", "K\u0005\u0085K\u0001\u0085")),
                "shape [5], strides [1] and offset 0"
            },
            { Dictionary(View(StorageText, "K\u0004", OneByOne)), "offset 4" },
            { Dictionary(View(StorageText, "J\u00ff\u00ff\u00ff\u00ff", OneByOne)), "offset -1" },
            { Dictionary(View(StorageText, "K\0", "K\u0002\u0085K\u0004\u0085")), "strides [4]" },
            { Dictionary(View(StorageText, "K\0", "K\u0002\u0085J\u00ff\u00ff\u00ff\u00ff\u0085")), "strides [-1]" },
            { Dictionary(View(StorageText, "K\0", "K\u0005\u0085K\0\u0085")), "storage of 4" }, // more elements than numbers
            { Dictionary(View(StorageText, "K\0", "K\u0001\u0085)")), "strides []" },
            {
                Dictionary(View(StorageText, "K\0", $"{Huge}{Huge}{Huge}\u0087{Huge}{Huge}{Huge}\u0087")),
                "does not lie within"
            },
            { Dictionary(View(StorageText, "K\0", $"({new string('N', 9)}t)")), "no number" },
            {
                Dictionary(
                    View(StorageText.Replace("K\u0004t", $"{Huge}t", StringComparison.Ordinal), "K\0", OneByOne)
                ),
                "claims"
            },
            {
                Dictionary(
                    View(
                        StorageText.Replace("K\u0004t", "J\u00ff\u00ff\u00ff\u007ft", StringComparison.Ordinal),
                        "K\0",
                        OneByOne
                    )
                ),
                "take more bytes than"
            },
            {
                $"{Dictionary()}X\u0001\0\0\0v{TensorText.Replace("Float", "Double", StringComparison.Ordinal)}s",
                "in two ways"
            },
        };

    private static string Huge => "\u008a\b\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f";

    [Theory]
    [MemberData(nameof(Descriptions))]
    public void Read_DescriptionThatLies_IsRefusedInBothFormats(string description, string clause)
    {
        AssertRefused(MakeZip(description), clause);
        AssertRefused(MakeLegacy(description), clause);
    }

    [Fact]
    public void Read_ZipWithoutTheNumbers_IsRefused() =>
        AssertRefused(
            MakeZip(Dictionary(View(StorageText.Replace("\00X", "\09X", StringComparison.Ordinal), "K\0", OneByOne))),
            "'9' are not in it"
        );

    [Fact]
    public void Read_ZipWithTwoDescriptions_IsRefused() =>
        AssertRefused(MakeZip(Dictionary(), ("v/data.pkl", [0x80, 2, (byte)'.'])), "2 files data.pkl");

    [Fact]
    public void Read_BigEndianNumbers_AreRefused()
    {
        AssertRefused(MakeZip(Dictionary(), ("w/byteorder", "big"u8.ToArray())), "big-endian");
        AssertRefused(MakeLegacy(Dictionary(), "}X\r\0\0\0little_endian\u0089s"), "little-endian");
    }

    [Fact]
    public void Read_CompressedZip_IsRefusedBeforeItIsUnpacked()
    {
        using MemoryStream bytes = new();
        using (ZipArchive zip = new(bytes, ZipArchiveMode.Create))
        using (Stream stream = zip.CreateEntry("w/data.pkl", CompressionLevel.SmallestSize).Open())
            for (int i = 0; i < 64; i++)
                stream.Write(new byte[1 << 20]);

        AssertRefused(bytes.ToArray(), "'w/data.pkl' in it is compressed");
    }

    [Fact]
    public void Read_ZipWithAHugeDirectory_IsRefused()
    {
        byte[] file = [.. "PK\u0003\u0004"u8, .. new byte[17 << 20], .. "PK\u0005\u0006"u8, .. new byte[18]];

        AssertRefused(file, "more than 16 MB");
    }

    [Fact]
    public void Read_LegacyCountThatLies_IsRefused()
    {
        byte[] file = MakeLegacy(Dictionary());
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(file.Length - 24), long.MaxValue);

        AssertRefused(file, "does not have the 4 numbers");
    }

    [Fact]
    public void Read_TruncatedAnywhere_IsRefused()
    {
        foreach (byte[] whole in new[] { File.ReadAllBytes(Zip), File.ReadAllBytes(Legacy) })
            for (int length = 0; length < whole.Length; length++)
                AssertRefused(whole[..length], "");
    }

    [Fact]
    public void Read_AnyMutationOfASoundFile_ReadsOrIsRefused()
    {
        byte[][] sound =
        [
            File.ReadAllBytes(Zip),
            File.ReadAllBytes(Legacy),
            MakeZip(Dictionary()),
            MakeLegacy(Dictionary()),
        ];
        string path = _folder.At("mutant.bin");
        var mutation =
            from file in Gen.Choose(0, sound.Length - 1)
            let length = sound[file].Length
            from changes in Gen.Zip(Gen.Choose(0, length - 1), Gen.Choose(0, 255)).NonEmptyListOf()
            from end in Gen.Frequency((4, Gen.Constant(length)), (1, Gen.Choose(0, length)))
            select (File: file, Changes: changes, End: end);

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(4000).WithReplay(20201125, 1).WithQuietOnSuccess(true),
            Prop.ForAll(
                mutation.ToArbitrary(),
                sample =>
                {
                    using DisposeScope scope = NewDisposeScope();
                    byte[] bytes = [.. sound[sample.File]];
                    foreach ((int at, int value) in sample.Changes)
                        bytes[at] = (byte)value;
                    File.WriteAllBytes(path, bytes[..sample.End]);
                    try
                    {
                        Assert.All(
                            WeightsFile.Read(path).Values,
                            tensor => Assert.True(tensor.numel() <= bytes.Length)
                        );
                    }
                    catch (InvalidWeightsException error)
                    {
                        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
                    }
                }
            )
        );
    }

    private static string View(string storage, string offset, string shapeAndStrides) =>
        $"ctorch._utils\n_rebuild_tensor_v2\n({storage}{offset}{shapeAndStrides}\u0089}}tR";

    private void AssertRefused(byte[] content, string clause)
    {
        using DisposeScope scope = NewDisposeScope();
        string path = _folder.At("hostile.bin");
        File.WriteAllBytes(path, content);

        var error = Assert.Throws<InvalidWeightsException>(() => WeightsFile.Read(path));

        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(clause, error.Message, StringComparison.Ordinal);
    }
}
