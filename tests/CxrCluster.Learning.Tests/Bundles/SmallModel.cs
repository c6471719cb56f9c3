using CxrCluster.Imaging.Preprocessing;
using CxrCluster.Learning.Bundles;
using CxrCluster.Learning.Networks;
using CxrCluster.Learning.Tests.Bundles;
using CxrCluster.Learning.Tests.Data;
using CxrCluster.Learning.Tests.Networks;
using static TorchSharp.torch;

[assembly: AssemblyFixture(typeof(SmallModel))]

namespace CxrCluster.Learning.Tests.Bundles;

/// <summary>One bundle on disk for all tests (it is read, never changed): ResNet-34 at 64 pixels, U-net at 32.</summary>
public sealed class SmallModel : IDisposable
{
    public const int Side = 64;
    private readonly ScratchFolder _folder = new();

    public SmallModel()
    {
        using ClassifierNetwork classifier = MakeClassifier();
        using UNet segmenter = TestNetworks.UNet(Draft.SegmenterShape, seed: 12);
        Bundle = ModelBundle.Write(_folder.At("model"), Draft, classifier, segmenter);
    }

    public static ModelManifest Draft { get; } =
        new()
        {
            Name = "small",
            Architecture = "resnet34",
            SegmenterShape = new UNetShape(3, 8),
            SegmenterSide = 32,
            Preprocessing = PreprocessingOptions.None(Side),
            Threshold = 0.4,
            OperatingPoints = [new OperatingPoint("high-sensitivity", 0.2, 0.95, 0.6)],
            Training = new TrainingProvenance
            {
                Seed = 3,
                Notes = new Dictionary<string, string> { ["why"] = "test" },
            },
            Metrics = new Dictionary<string, MetricValue> { ["rocAuc"] = new(0.9, 0.85, 0.94) },
        };

    public ModelBundle Bundle { get; }

    public static ClassifierNetwork MakeClassifier()
    {
        ClassifierNetwork classifier = TestNetworks.Classifier("resnet34", seed: 11);
        using IDisposable noGrad = no_grad();
        classifier.get_parameter("head.2.weight")!.mul_(5); // a random head hardly tells images apart
        return classifier;
    }

    public void Dispose() => _folder.Dispose();
}
