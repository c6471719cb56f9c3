using CxrCluster.Imaging;
using CxrCluster.Imaging.Cohorts;
using CxrCluster.Imaging.Preprocessing;
using CxrCluster.Learning.Bundles;
using CxrCluster.Learning.Inference;
using CxrCluster.Learning.Networks;
using CxrCluster.Learning.Tests.Data;
using CxrCluster.Learning.Training;
using CxrCluster.Learning.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrCluster.Learning.Tests.Training;

public sealed class ClassifierTrainerTests : IDisposable
{
    private static readonly ClassifierTrainingOptions Small = new()
    {
        Architecture = "resnet34",
        Epochs = 1,
        BatchSize = 4,
        HeldOutFraction = 0.34,
        Preprocessing = PreprocessingOptions.None(ToyData.Side),
        Threads = 1,
    };

    private readonly ScratchFolder _scratch = new();
    private readonly string _segmenter;

    public ClassifierTrainerTests()
    {
        _segmenter = _scratch.At("segmenter.safetensors");
        using var random = new Generator(1);
        using var network = new UNet(new(Depth: 2, BaseWidth: 4));
        Initialisation.Seeded(network, random);
        new SegmenterFile(network, PreprocessingOptions.None(ToyData.Side)).Write(_segmenter);
    }

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Train_Cohort_WritesABundleThatScoresAsMeasured()
    {
        var (manifest, images) = ToyFiles.WriteCohort(_scratch, 10);

        var result = Train(Small, manifest, images);

        Assert.Equal((12, 8), (result.TrainingImages, result.HeldOut.Count));
        var bundle = ModelBundle.Load(_scratch.At("bundle"));
        Assert.Equal(result.Bundle.Manifest.Version, bundle.Manifest.Version);
        Assert.Equal(
            (12, 6, 1),
            (bundle.Manifest.Training.Images, bundle.Manifest.Training.Patients, bundle.Manifest.Training.Epochs)
        );
        Assert.Equal(result.Metrics.RocAuc, bundle.Manifest.Metrics["rocAuc"].Value);
        using var engine = new InferenceEngine(bundle, new() { Precision = Precision.Float32 });
        var preprocessor = new Preprocessor(bundle.Manifest.Preprocessing);
        foreach (var (row, probability, _) in result.HeldOut)
        {
            var square = preprocessor.Apply(RadiographReader.ReadFile(Path.Combine(images, row.Image))).Square;
            // Training keeps lung maps in 8 bits.
            Assert.Equal(probability, engine.Infer([square], false)[0].Probability, 0.01);
        }
    }

    [Fact]
    public void Train_HeldOutPatients_WereNotTrainedOn()
    {
        var (manifest, images) = ToyFiles.WriteCohort(_scratch, 10);
        var expected = PatientSplit.Split(CohortManifest.Read(manifest), Small.HeldOutFraction, Small.Seed).Test;

        var result = Train(Small, manifest, images);

        Assert.Equal(expected.Select(r => r.Image), result.HeldOut.Select(p => p.Row.Image));
    }

    [Fact]
    public void Train_LateralsArtifactsAndBadFiles_AreLeftOutAndListed()
    {
        var (manifest, images) = ToyFiles.WriteCohort(
            _scratch,
            10,
            ToyData.Row(90, 90, view: "LATERAL"),
            ToyData.Row(91, 91),
            ToyData.Row(92, 92),
            ToyData.Row(93, 93),
            ToyData.Row(94, 94) with
            {
                Other = new Dictionary<string, string>(StringComparer.Ordinal) { ["artifact"] = "rectangle" },
            }
        );
        File.WriteAllText(Path.Combine(images, "image91.png"), "no picture");
        File.WriteAllBytes(Path.Combine(images, "image93.png"), PngWriter.Encode(256, 256, WithBox(256)));

        var result = Train(Small, manifest, images);

        Assert.Equal(["image90.png", "image93.png", "image94.png"], result.Excluded.Select(e => e.Row.Image));
        Assert.Equal(["image91.png", "image92.png"], result.Failed.Select(f => f.Row.Image));
        Assert.All(
            result.Excluded.Concat(result.Failed),
            s => Assert.Contains(s.Row.Image, s.Reason, StringComparison.Ordinal)
        );
        Assert.Equal(20, result.TrainingImages + result.HeldOut.Count);
        Assert.Equal("3", result.Bundle.Manifest.Training.Notes["excludedImages"]);
        Assert.Equal("2", result.Bundle.Manifest.Training.Notes["unreadableImages"]);
    }

    [Fact]
    public void Train_ImageListedUnderTwoPatients_IsUsedOnce()
    {
        var (manifest, images) = ToyFiles.WriteCohort(_scratch, 10, ToyData.Row(0, 0) with { PatientId = "other" });

        var result = Train(Small, manifest, images);

        var repeated = Assert.Single(result.Excluded);
        Assert.Equal("other", repeated.Row.PatientId);
        Assert.Contains(
            "line 22 lists image 'image0.png' again after line 2",
            repeated.Reason,
            StringComparison.Ordinal
        );
        Assert.Equal(20, result.TrainingImages + result.HeldOut.Count);
    }

    [Fact]
    public void Train_ImageListedWithBothLabels_IsRefused()
    {
        var (manifest, images) = ToyFiles.WriteCohort(_scratch, 10, ToyData.Row(0, 0) with { Label = 1 });

        Assert.Throws<InvalidManifestException>(() => Train(Small, manifest, images));
    }

    [Fact]
    public void Train_EqualSeeds_EqualVersions()
    {
        var (manifest, images) = ToyFiles.WriteCohort(_scratch, 10);

        Assert.Equal(
            Train(Small, manifest, images).Bundle.Manifest.Version,
            Train(Small, manifest, images).Bundle.Manifest.Version
        );
    }

    [Fact]
    public void Train_Cancelled_WritesNoBundle()
    {
        var (manifest, images) = ToyFiles.WriteCohort(_scratch, 10);
        using var stop = new CancellationTokenSource();
        var reports = new Reports(r =>
        {
            if (r is { Phase: "classifier", Step: 1 })
            {
                stop.Cancel();
            }
        });

        Assert.Throws<OperationCanceledException>(() =>
            new ClassifierTrainer(Small).Train(Input(manifest, images), reports, stop.Token)
        );
        Assert.Empty(Directory.EnumerateFiles(_scratch.At("bundle")));
    }

    [Fact]
    public void Train_NoImageThere_SaysWhatIsMissing()
    {
        var (manifest, _) = ToyFiles.WriteCohort(_scratch, 10);

        var problem = Assert.Throws<InvalidTrainingDataException>(() =>
            Train(Small, manifest, _scratch.Folder("empty"))
        );

        Assert.Contains("None of the 20 images can be used", problem.Message, StringComparison.Ordinal);
        Assert.Contains("image0.png", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_BackboneWeights_BeginsWithThem()
    {
        var (manifest, images) = ToyFiles.WriteCohort(_scratch, 10);
        var weights = _scratch.At("backbone.safetensors");
        using (var random = new Generator(9))
        using (var donor = ClassifierNetwork.Create("resnet34"))
        {
            Initialisation.Seeded(donor, random);
            SafeTensors.Write(
                weights,
                donor.state_dict().Where(w => !w.Key.StartsWith("head.", StringComparison.Ordinal))
            );
        }

        // A learning rate this small keeps the weights where they began.
        var result = Train(Small with { InitialWeights = weights, LearningRate = 1e-9, L2 = 0 }, manifest, images);

        using var scope = NewDisposeScope();
        var given = SafeTensors.Read(weights)["layer1.0.conv1.weight"];
        using var trained = result.Bundle.LoadClassifier();
        Assert.True(allclose(given, trained.state_dict()["layer1.0.conv1.weight"], atol: 1e-6));
        Assert.Equal("backbone.safetensors", result.Bundle.Manifest.Training.InitialWeights);
    }

    [Fact]
    public void Create_WrongOptions_SaysEveryOne()
    {
        var wrong = Small with { Architecture = "lenet", HeldOutFraction = 1, Threshold = -1, LearningRate = 0 };

        var problem = Assert.Throws<ArgumentException>(() => new ClassifierTrainer(wrong)).Message;

        Assert.Contains("'lenet'", problem, StringComparison.Ordinal);
        Assert.Contains("held-out fraction is 1", problem, StringComparison.Ordinal);
        Assert.Contains("threshold is -1", problem, StringComparison.Ordinal);
        Assert.Contains("learning rate is 0", problem, StringComparison.Ordinal);
    }

    /// <summary>A gradient with noise and a sharp white box on it.</summary>
    private static byte[] WithBox(int side)
    {
        var random = new Random(4);
        var pixels = new byte[side * side];
        for (var i = 0; i < pixels.Length; i++)
        {
            var (x, y) = (i % side, i / side);
            pixels[i] = x is > 60 and < 160 && y is > 80 and < 150 ? (byte)255 : (byte)(40 + y / 3 + random.Next(30));
        }

        return pixels;
    }

    private ClassifierTrainingInput Input(string manifest, string images) =>
        new()
        {
            ManifestFile = manifest,
            ImagesFolder = images,
            SegmenterFile = _segmenter,
            OutputFolder = _scratch.At("bundle"),
            SkipUnreadable = true,
        };

    private ClassifierTrainingResult Train(ClassifierTrainingOptions options, string manifest, string images) =>
        new ClassifierTrainer(options).Train(Input(manifest, images), null, TestContext.Current.CancellationToken);
}
