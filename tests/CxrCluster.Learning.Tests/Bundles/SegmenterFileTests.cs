using CxrCluster.Imaging.Preprocessing;
using CxrCluster.Learning.Bundles;
using CxrCluster.Learning.Networks;
using CxrCluster.Learning.Tests.Data;
using CxrCluster.Learning.Tests.Networks;
using CxrCluster.Learning.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Tests.Bundles;

public sealed class SegmenterFileTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly UNet _network = TestNetworks.UNet(new UNetShape(4, 4));

    private string FilePath => _folder.At("lungs.bin");

    public void Dispose()
    {
        _network.Dispose();
        _scope.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Read_WrittenFile_HasShapePreprocessingAndWeights()
    {
        PreprocessingOptions preprocessing = PreprocessingOptions.None(96) with { ClaheClipLimit = 3 };
        new SegmenterFile(_network, preprocessing).Write(FilePath);

        SegmenterFile read = SegmenterFile.Read(FilePath);

        using UNet network = read.Network;
        using IDisposable noGrad = no_grad();
        Tensor input = TestNetworks.Uniform(1, 1, 1, 96, 96);
        Assert.Equal(96, read.Side);
        Assert.Equal(3, read.Preprocessing.ClaheClipLimit);
        Assert.Equal(preprocessing.Steps, read.Preprocessing.Steps);
        Assert.Equal(new UNetShape(4, 4), network.Shape);
        Assert.False(network.training);
        Assert.Equal(0, TestNetworks.MaxDifference(_network.call(input), network.call(input)));
    }

    [Theory]
    [InlineData(null, null, "no lung segmenter")]
    [InlineData("""{"depth":4,"baseWidth":4}""", null, "no lung segmenter")]
    [InlineData("""{"depth":4}x""", """{"side":96}""", "not valid")]
    [InlineData("""null""", """{"side":96}""", "no lung segmenter")]
    [InlineData("""{"depth":40,"baseWidth":4}""", """{"side":96}""", "depth 40")]
    [InlineData("""{"depth":4,"baseWidth":4}""", """{"side":97}""", "U-net side 97")]
    [InlineData("""{"depth":4,"baseWidth":8}""", """{"side":96}""", "of another shape")]
    public void Read_FileThatIsNoSegmenter_SaysWhy(string? shape, string? preprocessing, string clause)
    {
        Dictionary<string, string> metadata = [];
        if (shape is not null)
            metadata["unet.shape"] = shape;
        if (preprocessing is not null)
            metadata["unet.preprocessing"] = preprocessing;
        SafeTensors.Write(FilePath, _network.state_dict(), metadata);

        var error = Assert.Throws<InvalidWeightsException>(() => SegmenterFile.Read(FilePath));

        Assert.StartsWith(FilePath, error.Message, StringComparison.Ordinal);
        Assert.Contains(clause, error.Message, StringComparison.Ordinal);
    }
}
