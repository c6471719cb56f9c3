using CxrCluster.Learning.Tests.Data;
using CxrCluster.Learning.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Tests.Weights.TorchFiles;

/// <summary>The oracle is torch.save: Fixtures/make_torch_files.py.</summary>
public sealed class WeightsFileTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    public static TheoryData<string> Files => [TorchFixtures.Zip, TorchFixtures.Legacy];

    [Theory]
    [MemberData(nameof(Files))]
    public void Read_TorchsOwnFile_GivesItsValues(string path)
    {
        Dictionary<string, Tensor> read = WeightsFile.Read(path);

        Assert.Equal(TorchFixtures.Values.Keys.Order(), read.Keys.Order());
        foreach ((string name, TorchFixtures.Expected expected) in TorchFixtures.Values)
        {
            Assert.Equal(
                expected.Type,
                read[name].dtype.ToString().ToLowerInvariant() switch
                {
                    "byte" => "uint8",
                    var other => other,
                }
            );
            Assert.Equal(expected.Shape, read[name].shape);
            Assert.Equal(expected.Values, read[name].to(float64).contiguous().flatten().data<double>().ToArray());
        }
        Assert.Empty(WeightsFile.ReadMetadata(path));
    }

    [Fact]
    public void Read_SafeTensors_GivesTheirValuesAndMetadata()
    {
        string path = _folder.At("a.safetensors");
        SafeTensors.Write(
            path,
            new Dictionary<string, Tensor> { ["w"] = arange(4) },
            new Dictionary<string, string> { ["k"] = "v" }
        );

        Assert.Equal(4, WeightsFile.Read(path)["w"].numel());
        Assert.Equal("v", WeightsFile.ReadMetadata(path)["k"]);
    }

    /// <summary>Forms that torch wrote before 2018, and with Python 2.</summary>
    public static TheoryData<string> OldForms =>
        [
            $"ccollections\nOrderedDict\n](](U\u0001w{TorchFixtures.TensorText}ee\u0085R",
            $"}}U\u0001wctorch._utils\n_rebuild_tensor\n({TorchFixtures.StorageText}K\0K\u0002K\u0002\u0086K\u0002K\u0001\u0086tRs",
            $"}}U\u0001wctorch.nn.parameter\nParameter\n{TorchFixtures.TensorText}\u0085\u0081(\u0088\u0089Ntbs",
        ];

    [Theory]
    [MemberData(nameof(OldForms))]
    public void Read_OldForm_GivesTheTensor(string description)
    {
        string path = _folder.At("old.bin");
        File.WriteAllBytes(path, TorchFixtures.MakeZip(description));

        Assert.Equal([2L, 2], WeightsFile.Read(path)["w"].shape);
    }

    [Fact]
    public void Read_DictionaryWithinDictionaries_IsFound()
    {
        string path = _folder.At("nested.bin");
        string inner = $"}}X\u0005\0\0\0model{TorchFixtures.Dictionary()}s";
        File.WriteAllBytes(path, TorchFixtures.MakeZip($"}}(X\n\0\0\0state_dict{inner}X\u0005\0\0\0epochK\u0001u"));

        Assert.Equal(["w"], WeightsFile.Read(path).Keys);
    }
}
