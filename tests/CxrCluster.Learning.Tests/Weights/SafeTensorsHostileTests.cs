using System.Buffers.Binary;
using System.Text;
using CxrCluster.Learning.Tests.Data;
using CxrCluster.Learning.Weights;
using FsCheck;
using FsCheck.Fluent;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Tests.Weights;

/// <summary>Files that lie: each is refused with a sentence, before memory is taken for what they claim.</summary>
public sealed class SafeTensorsHostileTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""[1]""", 0, "not a JSON object")]
    [InlineData("""{"a":""", 0, "not sound JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} x""", 4, "not sound JSON")]
    [InlineData("""{"a":1}""", 0, "'a' lacks")]
    [InlineData("""{"a":{"shape":[1],"data_offsets":[0,4]}}""", 4, "'a' lacks")]
    [InlineData("""{"a":{"dtype":1,"shape":[1],"data_offsets":[0,4]}}""", 4, "'a' lacks")]
    [InlineData("""{"a":{"dtype":"F32","shape":1,"data_offsets":[0,4]}}""", 4, "'a' lacks")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "'a' lacks")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "'a' lacks")]
    [InlineData("""{"a":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}}""", 4, "'a' lacks")]
    [InlineData("""{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,4]}}""", 4, "'a' lacks")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1],"data_offsets":[0,4]}}""", 4, "'a' lacks")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""", 4, "'a' lacks")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}""", 8, "'a' lacks")]
    [InlineData(
        """{"a":{"dtype":"F8_E5M2","shape":[4],"data_offsets":[0,4]}}""",
        4,
        "'F8_E5M2', which is not supported"
    )]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "does not take")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "does not take")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", 0, "does not take")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387905],"data_offsets":[0,4]}}""", 4, "'a' lacks")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[1000000000000],"data_offsets":[0,4000000000000]}}""",
        4,
        "4000000000000 bytes, but 4 follow"
    )]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "begins at byte 4 instead of 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 8, "take 4 bytes, but 8 follow")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 3, "take 4 bytes, but 3 follow")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""",
        12,
        "'b' begins at byte 4 instead of 8"
    )]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""",
        8,
        "not sound JSON"
    )]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "metadata is not text")]
    [InlineData("""{"__metadata__":[]}""", 0, "metadata is not text")]
    [InlineData("""{"__metadata__":{"a":"\ud800"}}""", 0, "not sound JSON")]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "not sound JSON")]
    public void Read_HeaderThatLies_IsRefusedWithASentence(string header, int dataLength, string clause) =>
        AssertRefused(Craft(Encoding.UTF8.GetBytes(header), dataLength), clause);

    [Theory]
    [InlineData(1UL)]
    [InlineData(3UL)]
    [InlineData(17UL << 20)]
    [InlineData(ulong.MaxValue)]
    [InlineData((ulong)long.MaxValue)]
    [InlineData(0x8000000000000000UL)]
    public void Read_HeaderLengthThatLies_IsRefused(ulong length)
    {
        byte[] file = Craft("{}"u8.ToArray(), 0);
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);

        AssertRefused(file, "claims");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void Read_FewerBytesThanALength_IsRefused(int length) => AssertRefused(new byte[length], "fewer than");

    [Fact]
    public void Read_DeepNesting_IsRefused() =>
        AssertRefused(Craft(Encoding.UTF8.GetBytes(new string('[', 100_000)), 0), "not sound JSON");

    [Fact]
    public void Read_BrokenUtf8_IsRefused() =>
        AssertRefused(Craft([.. "{\""u8, 0xC3, 0x28, .. "\":1}"u8], 0), "not sound JSON");

    [Fact]
    public void Read_MissingFile_SaysWhatToCheck()
    {
        var error = Assert.Throws<InvalidWeightsException>(() => SafeTensors.Read(_folder.At("none")));

        Assert.Contains("Check the path", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AnyMutationOfASoundFile_ReadsOrIsRefused()
    {
        using DisposeScope scope = NewDisposeScope();
        string path = _folder.At("sound.bin");
        SafeTensors.Write(
            path,
            new Dictionary<string, Tensor>
            {
                ["a.weight"] = rand(2, 3),
                ["b"] = arange(5),
                ["c"] = rand(0, 2),
            },
            new Dictionary<string, string> { ["k"] = "v" }
        );
        byte[] sound = File.ReadAllBytes(path);
        var mutation =
            from changes in Gen.Zip(Gen.Choose(0, sound.Length - 1), Gen.Choose(0, 255)).ListOf()
            from length in Gen.Frequency((3, Gen.Constant(sound.Length)), (1, Gen.Choose(0, sound.Length)))
            select (Changes: changes, Length: length);

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(2000).WithQuietOnSuccess(true),
            Prop.ForAll(
                mutation.ToArbitrary(),
                sample =>
                {
                    using DisposeScope inner = NewDisposeScope();
                    byte[] bytes = [.. sound];
                    foreach ((int at, int value) in sample.Changes)
                        bytes[at] = (byte)value;
                    File.WriteAllBytes(path, bytes[..sample.Length]);
                    try
                    {
                        Assert.All(
                            SafeTensors.Read(path).Values,
                            tensor => Assert.True(tensor.numel() <= sound.Length)
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

    private static byte[] Craft(byte[] header, int dataLength)
    {
        byte[] file = new byte[8 + header.Length + dataLength];
        BinaryPrimitives.WriteInt64LittleEndian(file, header.Length);
        header.CopyTo(file, 8);
        return file;
    }

    private void AssertRefused(byte[] content, string clause)
    {
        string path = _folder.At("hostile.bin");
        File.WriteAllBytes(path, content);

        var error = Assert.Throws<InvalidWeightsException>(() => SafeTensors.Read(path));

        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(clause, error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Copy or export it again.", error.Message, StringComparison.Ordinal);
    }
}
