using CxrCluster.Imaging.Preprocessing;
using CxrCluster.Learning.Networks;
using CxrCluster.Learning.Training;
using CxrCluster.Synthesis;

namespace CxrCluster.Cli.Demo;

/// <summary>Sizes of the demonstration: small enough for two cores and five minutes, large enough that the numbers mean something.</summary>
/// <param name="Seed">Seed of the cohort and of the trainings.</param>
internal sealed record DemoSettings(int Seed)
{
    private const int NetworkSide = 128;

    /// <summary>The four hospitals.</summary>
    public SynthesisOptions Cohort =>
        new()
        {
            Patients = 180,
            Hospitals = 4,
            Seed = Seed,
            Side = 256,
        };

    /// <summary>Other patients, whose lung masks the segmenter learns from: as in the paper, it comes from other data.</summary>
    public SynthesisOptions LungCohort =>
        new()
        {
            Patients = 40,
            Hospitals = 4,
            Seed = Seed + 1_000_000,
            Side = 256,
        };

    /// <summary>A small U-net.</summary>
    public SegmenterTrainingOptions Segmenter =>
        new()
        {
            Seed = Seed,
            Epochs = 10,
            Shape = new UNetShape(Depth: 4, BaseWidth: 8),
            Preprocessing = new PreprocessingOptions { Side = NetworkSide },
        };

    /// <summary>
    /// The paper's smallest network, which learns most from so few images in so little time; small batches, for more steps.
    /// A quarter of the patients is held out, so that each hospital has some.
    /// </summary>
    public ClassifierTrainingOptions Classifier =>
        new()
        {
            Name = "demo",
            Seed = Seed,
            Epochs = 12,
            BatchSize = 8,
            Architecture = "resnet34",
            Preprocessing = new PreprocessingOptions { Side = NetworkSide },
            HeldOutFraction = 0.25,
        };
}
