using CxrCluster.Imaging;
using CxrCluster.Imaging.Cohorts;
using CxrCluster.Imaging.Preprocessing;
using CxrCluster.Learning.Bundles;
using CxrCluster.Learning.Inference;
using CxrCluster.Learning.Networks;
using CxrCluster.Learning.Tests.Data;
using CxrCluster.Learning.Training;

namespace CxrCluster.Learning.Tests.Inference;

/// <summary>
/// What bfloat16 costs in accuracy on a trained model: a small one trained here in seconds, or the one that the variable
/// CXR_REAL_MODEL names (docs/inference.md).
/// </summary>
public sealed class BFloat16OnRealImagesTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Infer_TrainedModel_StaysWithinTheBoundsAroundFloat32()
    {
        Assert.SkipUnless(PrecisionChoice.CpuHasBFloat16, "this CPU has no avx512_bf16: bfloat16 is not used on it");
        string data = RealData.Folder;
        ModelBundle bundle = Environment.GetEnvironmentVariable("CXR_REAL_MODEL") is { Length: > 0 } folder
            ? ModelBundle.Load(folder)
            : Train(data);
        IReadOnlyList<CohortRow> rows = CohortManifest.Read(
            Path.Combine(data, "manifest.csv"),
            (_, _) => { } // it lists one image twice
        );
        Preprocessor preprocessor = new(bundle.Manifest.Preprocessing);
        SquareImage[] images =
        [
            .. rows.AsParallel().AsOrdered().Select(row => preprocessor.Apply(Read(data, row)).Square),
        ];

        double[] exact = Score(bundle, Precision.Float32, images);
        double[] brief = Score(bundle, Precision.BFloat16, images);

        double[] differences = [.. exact.Zip(brief, (a, b) => Math.Abs(a - b))];
        double[] auc = [.. new[] { exact, brief }.Select(scores => Auc(rows, scores))];
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{bundle.Manifest}, {images.Length} images: mean {differences.Average():F5}, largest {differences.Max():F5}, "
                + $"ROC AUC {auc[0]:F4} (float32) {auc[1]:F4} (bfloat16)"
        );
        Assert.True(auc[0] > 0.8, $"the model has learnt too little to measure with: ROC AUC {auc[0]}");
        Assert.InRange(differences.Average(), double.Epsilon, 0.005);
        Assert.InRange(differences.Max(), 0, 0.05);
        Assert.Equal(auc[0], auc[1], 0.002);
    }

    private static Radiograph Read(string data, CohortRow row) =>
        RadiographReader.ReadFile(Path.Combine(data, "images", row.Image));

    private static double[] Score(ModelBundle bundle, Precision precision, SquareImage[] images)
    {
        using InferenceEngine engine = new(bundle, new EngineOptions { Precision = precision });
        return [.. engine.Infer(images, wantLungMaps: false).Select(inference => inference.Probability)];
    }

    private static double Auc(IReadOnlyList<CohortRow> rows, double[] scores) =>
        BinaryMetrics.Compute([.. rows.Zip(scores, (row, score) => (row.Label, score))], threshold: 0.5).RocAuc!.Value;

    private ModelBundle Train(string data)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        PreprocessingOptions preprocessing = new() { Side = 64 };
        string segmenter = _folder.At("segmenter.bin");
        new SegmenterTrainer(
            new SegmenterTrainingOptions
            {
                Shape = new UNetShape(4, 8),
                Preprocessing = preprocessing,
                Epochs = 4,
            }
        ).Train(Path.Combine(data, "lungs", "images"), Path.Combine(data, "lungs", "masks"), segmenter, null, token);
        return new ClassifierTrainer(
            new ClassifierTrainingOptions
            {
                Architecture = "resnet34",
                Preprocessing = preprocessing,
                Epochs = 4,
            }
        )
            .Train(
                new ClassifierTrainingInput
                {
                    ManifestFile = Path.Combine(data, "manifest.csv"),
                    ImagesFolder = Path.Combine(data, "images"),
                    SegmenterFile = segmenter,
                    OutputFolder = _folder.At("model"),
                },
                null,
                token
            )
            .Bundle;
    }
}
