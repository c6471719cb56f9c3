using System.Text.Json;
using System.Text.Json.Nodes;
using CxrCluster.Learning.Bundles;
using CxrCluster.Learning.Networks;
using CxrCluster.Learning.Tests.Data;
using CxrCluster.Learning.Tests.Networks;
using CxrCluster.Learning.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Tests.Bundles;

public sealed class ModelBundleTests : IDisposable
{
    private readonly SmallModel _model;
    private readonly ScratchFolder _folder = new();

    public ModelBundleTests(SmallModel model)
    {
        _model = model;
        // weights as links: only the file that a test changes is copied
        foreach (string file in ModelBundle.Files)
            File.CreateSymbolicLink(At(file), Path.Combine(model.Bundle.Folder, file));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_WrittenBundle_HasTheManifestAndTheWeights()
    {
        ModelBundle bundle = ModelBundle.Load(_folder.Path);

        Assert.Equal(_model.Bundle.Manifest.ToString(), bundle.Manifest.ToString());
        Assert.Equal(
            JsonSerializer.Serialize(SmallModel.Draft with { Version = bundle.Manifest.Version }),
            JsonSerializer.Serialize(bundle.Manifest)
        );
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGrad = no_grad();
        using ClassifierNetwork expected = SmallModel.MakeClassifier();
        using ClassifierNetwork classifier = bundle.LoadClassifier();
        using UNet segmenter = bundle.LoadSegmenter();
        Tensor input = TestNetworks.Uniform(1, 1, 3, 64, 64);
        Assert.False(classifier.training);
        Assert.False(segmenter.training);
        Assert.Equal(0, TestNetworks.MaxDifference(expected.call(input), classifier.call(input)));
    }

    [Fact]
    public void Write_EqualContent_HasEqualVersion()
    {
        using ClassifierNetwork classifier = SmallModel.MakeClassifier();
        using UNet segmenter = TestNetworks.UNet(SmallModel.Draft.SegmenterShape, seed: 12);
        using ScratchFolder other = new();

        ModelBundle same = ModelBundle.Write(
            other.At("a"),
            SmallModel.Draft with
            {
                Version = "old",
            },
            classifier,
            segmenter
        );
        ModelBundle another = ModelBundle.Write(
            other.At("a"),
            SmallModel.Draft with
            {
                Threshold = 0.6,
            },
            classifier,
            segmenter
        );

        Assert.Equal(_model.Bundle.Manifest.Version, same.Manifest.Version);
        Assert.Matches("^[0-9a-f]{16}$", same.Manifest.Version);
        Assert.NotEqual(same.Manifest.Version, another.Manifest.Version);
        Assert.Equal(another.Manifest.Version, ModelBundle.Load(other.At("a")).Manifest.Version);
        Assert.Equal(ModelBundle.Files.Order(), Directory.GetFiles(other.At("a")).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData(ModelBundle.ClassifierFile)]
    [InlineData(ModelBundle.SegmenterFile)]
    public void Load_OneWeightChanged_IsRefused(string file)
    {
        byte[] bytes = File.ReadAllBytes(At(file));
        bytes[^100] ^= 1;
        Replace(file, bytes);

        AssertRefused("a file was changed or damaged");
    }

    [Theory]
    [InlineData("threshold", "0.5")]
    [InlineData("version", "\"0123456789abcdef\"")]
    [InlineData("fieldOfALaterBuild", "1")]
    public void Load_ManifestChanged_IsRefused(string property, string value)
    {
        JsonNode manifest = JsonNode.Parse(File.ReadAllBytes(At(ModelBundle.ManifestFile)))!;
        manifest[property] = JsonNode.Parse(value);
        Replace(ModelBundle.ManifestFile, JsonSerializer.SerializeToUtf8Bytes(manifest));

        AssertRefused("a file was changed or damaged");
    }

    [Fact]
    public void Load_ManifestLaidOutAnew_IsTheSameBundle()
    {
        JsonNode manifest = JsonNode.Parse(File.ReadAllBytes(At(ModelBundle.ManifestFile)))!;
        Replace(ModelBundle.ManifestFile, JsonSerializer.SerializeToUtf8Bytes(manifest));

        Assert.Equal(_model.Bundle.Manifest.Version, ModelBundle.Load(_folder.Path).Manifest.Version);
    }

    [Theory]
    [InlineData(ModelBundle.ManifestFile)]
    [InlineData(ModelBundle.ClassifierFile)]
    [InlineData(ModelBundle.SegmenterFile)]
    public void Load_FileMissing_NamesIt(string file)
    {
        File.Delete(At(file));

        AssertRefused($"{file} is missing");
    }

    [Fact]
    public void Load_FolderMissing_IsRefused() =>
        Assert.Throws<InvalidBundleException>(() => ModelBundle.Load(_folder.At("nowhere")));

    [Fact]
    public void LoadSegmenter_WeightsOfAnotherShape_AreRefused()
    {
        // a bundle whose hash is right and whose parts do not belong together
        using UNet other = TestNetworks.UNet(new UNetShape(3, 4));
        File.Delete(At(ModelBundle.SegmenterFile));
        SafeTensors.Write(At(ModelBundle.SegmenterFile), other.state_dict());
        ModelBundle bundle = new(_folder.Path, _model.Bundle.Manifest);

        var error = Assert.Throws<InvalidBundleException>(bundle.LoadSegmenter);

        Assert.Contains("of another shape", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_NetworksThatTheManifestDoesNotDescribe_AreRefused()
    {
        using ClassifierNetwork classifier = ClassifierNetwork.Create("resnet34", 64);
        using UNet segmenter = new(new UNetShape(4, 8));

        var error = Assert.Throws<InvalidBundleException>(() =>
            ModelBundle.Write(_folder.At("new"), SmallModel.Draft, classifier, segmenter)
        );

        Assert.Contains("with 64", error.Message, StringComparison.Ordinal);
        Assert.Contains("Depth = 4", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.At("new")));
    }

    private string At(string file) => _folder.At(file);

    private void Replace(string file, byte[] content)
    {
        File.Delete(At(file));
        File.WriteAllBytes(At(file), content);
    }

    private void AssertRefused(string clause)
    {
        var error = Assert.Throws<InvalidBundleException>(() => ModelBundle.Load(_folder.Path));
        Assert.Contains(_folder.Path, error.Message, StringComparison.Ordinal);
        Assert.Contains(clause, error.Message, StringComparison.Ordinal);
    }
}
