using CxrCluster.Learning.Networks;
using CxrCluster.Learning.Tests.Data;
using CxrCluster.Learning.Weights;
using FsCheck;
using FsCheck.Fluent;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Tests.Weights;

public sealed class SafeTensorsTests : IDisposable
{
    private static readonly ScalarType[] Types =
    [
        ScalarType.Float64,
        ScalarType.Float32,
        ScalarType.Float16,
        ScalarType.BFloat16,
        ScalarType.Int64,
        ScalarType.Int32,
        ScalarType.Int16,
        ScalarType.Int8,
        ScalarType.Byte,
    ];

    private readonly ScratchFolder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Write_AnyTensors_ReadBackEqual()
    {
        Gen<string> text = Gen.Elements("a", "B", "0", ".", "_", "é", "漢", "\"", "\\", "\n", " ")
            .ListOf()
            .Select(parts => string.Concat(parts));
        var entry =
            from name in text
            from type in Gen.Elements(Types)
            from shape in Gen.Choose(0, 4).ListOf().Where(shape => shape.Count < 5)
            select (Name: name, Type: type, Shape: shape.Select(n => (long)n).ToArray());
        var file =
            from entries in entry.ListOf()
            from metadata in Gen.Zip(text, text).ListOf()
            select (Entries: entries.DistinctBy(e => e.Name), Metadata: metadata.DistinctBy(pair => pair.Item1));

        Check.One(
            Config.QuickThrowOnFailure.WithQuietOnSuccess(true),
            Prop.ForAll(
                file.ToArbitrary(),
                sample =>
                {
                    using DisposeScope scope = NewDisposeScope();
                    string path = _folder.At("any.bin");
                    var tensors = sample.Entries.ToDictionary(e => e.Name, e => (rand(e.Shape) * 100).to(e.Type));
                    var metadata = sample.Metadata.ToDictionary(pair => pair.Item1, pair => pair.Item2);

                    SafeTensors.Write(path, tensors, metadata);
                    Dictionary<string, Tensor> read = SafeTensors.Read(path);

                    Assert.Equal(metadata, SafeTensors.ReadMetadata(path).ToDictionary());
                    Assert.Equal(tensors.Keys.Order(StringComparer.Ordinal), read.Keys.Order(StringComparer.Ordinal));
                    Assert.All(tensors, pair => AssertSame(pair.Value, read[pair.Key]));
                }
            )
        );
    }

    [Fact]
    public void Write_ChannelsLastAndSlices_WritesTheirLogicalOrder()
    {
        Tensor image = rand(2, 3, 4, 5);
        string path = _folder.At("strided.bin");

        SafeTensors.Write(
            path,
            new Dictionary<string, Tensor> { ["last"] = ChannelsLast.Of(image), ["slice"] = image[0].transpose(0, 2) }
        );

        Dictionary<string, Tensor> read = SafeTensors.Read(path);
        AssertSame(image, read["last"]);
        AssertSame(image[0].transpose(0, 2).contiguous(), read["slice"]);
    }

    [Fact]
    public void Write_SameTensorsInAnotherOrder_GivesEqualBytes()
    {
        Tensor a = rand(3);
        Tensor b = arange(4);
        SafeTensors.Write(_folder.At("1.bin"), [new("a", a), new("b", b)]);
        SafeTensors.Write(_folder.At("2.bin"), [new("b", b), new("a", a)]);

        Assert.Equal(File.ReadAllBytes(_folder.At("1.bin")), File.ReadAllBytes(_folder.At("2.bin")));
    }

    [Theory]
    [InlineData("__metadata__", "x")]
    [InlineData("x", "x")]
    public void Write_NameReservedOrTwice_ThrowsAndLeavesNoFile(string first, string second)
    {
        string path = _folder.At("twice.bin");

        Assert.Throws<ArgumentException>(() => SafeTensors.Write(path, [new(first, ones(1)), new(second, ones(1))]));

        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Write_InterruptedWhileWriting_KeepsTheOldFileAndLeavesNoOther()
    {
        string path = _folder.At("kept.bin");
        SafeTensors.Write(path, [new("x", ones(1))]);

        Assert.Throws<IOException>(() =>
            AtomicFile.Write(
                path,
                file =>
                {
                    file.WriteByte(1);
                    throw new IOException("disk full");
                }
            )
        );

        Assert.Equal([path], Directory.GetFiles(_folder.Path));
        Assert.Equal(1, SafeTensors.Read(path)["x"].item<float>());
    }

    [Fact]
    public void Read_FailingFile_LeavesNoTensorToTheCaller()
    {
        string path = _folder.At("scope.bin");
        SafeTensors.Write(path, [new("x", ones(1)), new("y", ones(1))]);
        using DisposeScope scope = NewDisposeScope();

        Dictionary<string, Tensor> read = SafeTensors.Read(path);

        Assert.Equal(read.Count, scope.DisposablesCount);
    }

    private static void AssertSame(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.dtype, actual.dtype);
        Assert.Equal(expected.shape, actual.shape);
        Assert.True(expected.eq(actual).all().item<bool>());
    }
}
