using CxrCluster.Imaging.Preprocessing;
using CxrCluster.Learning.Bundles;
using CxrCluster.Learning.Networks;
using TorchSharp;

namespace CxrCluster.System.Tests.Nodes;

/// <summary>A bundle with random weights: it scores, and says nothing.</summary>
internal static class RandomModel
{
    private const int Side = 128;

    /// <summary>Writes it; equal in every run.</summary>
    public static ModelBundle Write(string folder)
    {
        var shape = new UNetShape(3, 8);
        using var generator = new torch.Generator(11);
        using var classifier = ClassifierNetwork.Create("resnet50", 32);
        using var segmenter = new UNet(shape);
        Initialisation.Seeded(classifier, generator);
        Initialisation.Seeded(segmenter, generator);
        var draft = new ModelManifest
        {
            Name = "random",
            Architecture = "resnet50",
            EmbeddingSize = 32,
            SegmenterShape = shape,
            SegmenterSide = Side,
            Preprocessing = new PreprocessingOptions { Side = Side },
        };
        return ModelBundle.Write(folder, draft, classifier, segmenter);
    }
}
