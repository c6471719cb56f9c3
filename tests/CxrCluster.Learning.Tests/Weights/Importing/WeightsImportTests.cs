using CxrCluster.Learning.Networks;
using CxrCluster.Learning.Tests.Data;
using CxrCluster.Learning.Tests.Networks;
using CxrCluster.Learning.Weights;
using CxrCluster.Learning.Weights.Importing;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Tests.Weights.Importing;

public sealed class WeightsImportTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();

    private string Source => _folder.At("source.bin");

    private string Output => _folder.At("weights.safetensors");

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Run_KeepingTheFirstLayer_WritesTheBackboneAndWhereItCameFrom()
    {
        Dictionary<string, Tensor> backbone = Backbone("resnet34");
        SafeTensors.Write(Source, backbone.Append(new("fc.weight", rand(10, 512))).Append(new("fc.bias", rand(10))));

        ImportedWeights imported = WeightsImport.Run(Source, "resnet34", FirstLayerWeights.Keep, Output);

        Assert.Equal(["fc.bias", "fc.weight"], imported.LeftOut);
        Assert.Equal(0, imported.FilledIn);
        Dictionary<string, Tensor> written = SafeTensors.Read(Output);
        Assert.Equal(backbone.Keys.Order(), written.Keys.Order());
        Assert.Equal(imported.Tensors, written.Count);
        Assert.All(written, item => Assert.Equal(0, TestNetworks.MaxDifference(backbone[item.Key], item.Value)));
        IReadOnlyDictionary<string, string> metadata = SafeTensors.ReadMetadata(Output);
        Assert.Equal("resnet34", metadata["architecture"]);
        Assert.Equal("source.bin", metadata["source"]);
        Assert.Equal(imported.SourceSha256, metadata["sourceSha256"]);
        Assert.Equal("as in the source", metadata["firstLayer"]);
    }

    [Theory]
    [InlineData("resnet34", "conv1.weight", "bn1.running_mean")]
    [InlineData("vgg16", "features.0.weight", "features.0.bias")]
    public void Run_Rgb_ChangesTheFirstLayerOnly(string architecture, string weight, string shift)
    {
        Dictionary<string, Tensor> backbone = Backbone(architecture);
        SafeTensors.Write(Source, backbone);

        WeightsImport.Run(Source, architecture, FirstLayerWeights.Rgb, Output);

        Dictionary<string, Tensor> written = SafeTensors.Read(Output);
        string[] changed =
        [
            .. written
                .Where(item => TestNetworks.MaxDifference(backbone[item.Key], item.Value) > 0)
                .Select(item => item.Key)
                .Order(StringComparer.Ordinal),
        ];
        Assert.Equal(new[] { weight, shift }.Order(StringComparer.Ordinal), changed);
        Assert.Equal(0, written[weight].narrow(1, 1, 2).abs().max().item<float>());
        Assert.StartsWith("rgb folded", SafeTensors.ReadMetadata(Output)["firstLayer"], StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ResultOfAnImport_IsNotAdaptedTwice()
    {
        SafeTensors.Write(Source, Backbone("resnet34"));
        WeightsImport.Run(Source, "resnet34", FirstLayerWeights.Rgb, Output);
        string again = _folder.At("again.safetensors");

        var error = Assert.Throws<InvalidWeightsException>(() =>
            WeightsImport.Run(Output, "resnet34", FirstLayerWeights.Rgb, again)
        );

        Assert.Contains("--first-layer keep", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(again));
        WeightsImport.Run(Output, "resnet34", FirstLayerWeights.Keep, again);
        Assert.StartsWith("rgb folded", SafeTensors.ReadMetadata(again)["firstLayer"], StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OtherNetwork_ListsWhatIsMissingAndUnexpectedAndWritesNothing()
    {
        SafeTensors.Write(Source, Backbone("resnet34"));

        var error = Assert.Throws<InvalidWeightsException>(() =>
            WeightsImport.Run(Source, "densenet121", FirstLayerWeights.Rgb, Output)
        );

        Assert.StartsWith(Source, error.Message, StringComparison.Ordinal);
        Assert.Contains("does not fit the network densenet121", error.Message, StringComparison.Ordinal);
        Assert.Contains("missing: features.conv0.weight, ", error.Message, StringComparison.Ordinal);
        Assert.Contains("unexpected: bn1.bias, bn1.num_batches_tracked, ", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Output));
    }

    [Fact]
    public void Run_SeveralDifferences_ListsThemAll()
    {
        Dictionary<string, Tensor> backbone = Backbone("resnet34");
        backbone.Remove("bn1.bias");
        backbone.Remove("conv1.weight");
        backbone["head.2.bias"] = rand(2);
        backbone["layer1.0.bn1.weight"] = rand(65);
        backbone["layer2.0.bn1.num_batches_tracked"] = zeros(2, int64);
        SafeTensors.Write(Source, backbone);

        var error = Assert.Throws<InvalidWeightsException>(() =>
            WeightsImport.Run(Source, "resnet34", FirstLayerWeights.Rgb, Output)
        );

        Assert.Contains(
            "missing: bn1.bias, conv1.weight; unexpected: head.2.bias; of another shape: "
                + "layer1.0.bn1.weight [65] instead of [64], layer2.0.bn1.num_batches_tracked [2] instead of []",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Run_WithoutBatchCountsAndWithOldNames_IsTheSame()
    {
        Dictionary<string, Tensor> backbone = Backbone("densenet121");
        SafeTensors.Write(
            Source,
            backbone
                .Where(item => !item.Key.EndsWith("num_batches_tracked", StringComparison.Ordinal))
                .Select(item => KeyValuePair.Create($"module.{Old(item.Key)}", item.Value.to(float64)))
        );

        ImportedWeights imported = WeightsImport.Run(Source, "densenet121", FirstLayerWeights.Keep, Output);

        Assert.Equal(121, imported.FilledIn);
        Dictionary<string, Tensor> written = SafeTensors.Read(Output);
        Assert.All(
            backbone,
            item => Assert.Equal(0, TestNetworks.MaxDifference(item.Value, written[item.Key].to(item.Value.dtype)))
        );
        Assert.Equal(float32, written["features.conv0.weight"].dtype);
        static string Old(string name) =>
            name.Contains("denselayer", StringComparison.Ordinal)
                ? name.Replace("norm1", "norm.1", StringComparison.Ordinal)
                    .Replace("norm2", "norm.2", StringComparison.Ordinal)
                    .Replace("conv1", "conv.1", StringComparison.Ordinal)
                    .Replace("conv2", "conv.2", StringComparison.Ordinal)
                : name;
    }

    [Fact]
    public void Run_OneTensorUnderTwoNames_IsRefused()
    {
        Dictionary<string, Tensor> backbone = Backbone("resnet34");
        backbone["module.bn1.bias"] = backbone["bn1.bias"];
        SafeTensors.Write(Source, backbone);

        var error = Assert.Throws<InvalidWeightsException>(() =>
            WeightsImport.Run(Source, "resnet34", FirstLayerWeights.Rgb, Output)
        );

        Assert.Contains("bn1.bias under two names", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WeightsThatAreNoNumbers_AreRefusedByName()
    {
        Dictionary<string, Tensor> backbone = Backbone("resnet34");
        backbone["bn1.bias"] = full_like(backbone["bn1.bias"], double.NaN);
        SafeTensors.Write(Source, backbone);

        var error = Assert.Throws<InvalidWeightsException>(() =>
            WeightsImport.Run(Source, "resnet34", FirstLayerWeights.Rgb, Output)
        );

        Assert.Contains("no numbers in bn1.bias", error.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, Tensor> Backbone(string architecture)
    {
        using ClassifierNetwork network = TestNetworks.Classifier(architecture);
        return network
            .state_dict()
            .Where(item => !item.Key.StartsWith("head.", StringComparison.Ordinal))
            .ToDictionary(item => item.Key, item => item.Value.detach().clone(), StringComparer.Ordinal);
    }
}
