using CxrCluster.Imaging.Preprocessing;
using CxrCluster.Learning.Bundles;
using CxrCluster.Learning.Networks;
using TorchSharp;

[assembly: AssemblyFixture(typeof(CxrCluster.Cli.Tests.TinyBundle))]

namespace CxrCluster.Cli.Tests;

/// <summary>The smallest networks that a bundle takes, with random weights; made once for all tests.</summary>
public sealed class TinyBundle : IDisposable
{
    private const int Side = 64;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cxr-bundles-");

    /// <summary>Writes two bundles that differ in their weights, and a segmenter.</summary>
    public TinyBundle()
    {
        Path = Write("one", 1);
        Other = Write("two", 2);
        Segmenter = System.IO.Path.Combine(_folder.FullName, "segmenter.safetensors");
        using var random = new torch.Generator(3);
        using var network = new UNet(new UNetShape(2, 4));
        Initialisation.Seeded(network, random);
        new SegmenterFile(network, new PreprocessingOptions { Side = Side }).Write(Segmenter);
    }

    /// <summary>Folder of a bundle.</summary>
    public string Path { get; }

    /// <summary>Folder of another one.</summary>
    public string Other { get; }

    /// <summary>A segmenter file.</summary>
    public string Segmenter { get; }

    /// <inheritdoc />
    public void Dispose() => _folder.Delete(recursive: true);

    private string Write(string name, ulong seed)
    {
        using var random = new torch.Generator(seed);
        using ClassifierNetwork classifier = ClassifierNetwork.Create("resnet34", embeddingSize: 8);
        using var segmenter = new UNet(new UNetShape(2, 4));
        Initialisation.Seeded(classifier, random);
        Initialisation.Seeded(segmenter, random);
        string folder = System.IO.Path.Combine(_folder.FullName, name);
        var manifest = new ModelManifest
        {
            Name = name,
            Architecture = "resnet34",
            EmbeddingSize = 8,
            SegmenterShape = segmenter.Shape,
            SegmenterSide = Side,
            Preprocessing = new PreprocessingOptions { Side = Side },
        };
        return ModelBundle.Write(folder, manifest, classifier, segmenter).Folder;
    }
}
