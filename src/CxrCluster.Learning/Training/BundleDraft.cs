using CxrCluster.Learning.Bundles;
using CxrCluster.Learning.Data;

namespace CxrCluster.Learning.Training;

/// <summary>What a trained classifier's model.json says.</summary>
internal static class BundleDraft
{
    public static ModelManifest Of(
        ClassifierTrainingOptions options,
        TrainingCohort cohort,
        ClassifierRun run,
        SegmenterFile segmenter,
        IReadOnlyList<HeldOutPrediction> heldOut,
        TrainingProvenance provenance
    ) =>
        new()
        {
            Name = options.Name,
            Architecture = options.Architecture,
            EmbeddingSize = options.EmbeddingSize,
            SegmenterShape = segmenter.Network.Shape,
            SegmenterSide = segmenter.Side,
            Preprocessing = options.Preprocessing,
            Threshold = options.Threshold,
            Training = provenance with
            {
                Seed = options.Seed,
                Epochs = run.KeptEpoch,
                LearningRate = options.LearningRate,
                Images = cohort.Training.Count,
                Patients = TrainingCohort.Patients(cohort.Training),
                InitialWeights = options.InitialWeights is { } path ? Path.GetFileName(path) : null,
                Notes = Notes(options, cohort, run, provenance.Notes),
            },
            Metrics = Measured(Metrics(options, heldOut)),
        };

    public static BinaryMetrics Metrics(
        ClassifierTrainingOptions options,
        IReadOnlyList<HeldOutPrediction> predictions
    ) => BinaryMetrics.Compute([.. predictions.Select(p => (p.Row.Label, p.Probability))], options.Threshold);

    private static Dictionary<string, string> Notes(
        ClassifierTrainingOptions options,
        TrainingCohort cohort,
        ClassifierRun run,
        IReadOnlyDictionary<string, string> more
    )
    {
        var notes = new Dictionary<string, string>(more, StringComparer.Ordinal)
        {
            ["heldOutImages"] = $"{cohort.HeldOut.Count}",
            ["heldOutPatients"] = $"{TrainingCohort.Patients(cohort.HeldOut)}",
            ["validationImages"] = $"{cohort.Validation.Count}",
            ["epochsRun"] = $"{run.EpochsDone}",
            ["batchSize"] = $"{options.BatchSize}",
            ["finalLearningRateFraction"] = $"{options.FinalLearningRateFraction}",
            ["l2"] = $"{options.L2}",
            ["dropout"] = $"{options.Dropout}",
            ["precision"] = $"{options.Precision}",
            ["balancedClasses"] = $"{options.BalancedClasses}",
            ["augmentation"] = options.Augmentation.ToString(),
        };
        if (options.GradientClip is { } clip)
        {
            notes["gradientClip"] = $"{clip}";
        }

        if (run.Divergence is { } divergence)
        {
            notes["divergence"] = divergence;
        }

        return notes;
    }

    private static Dictionary<string, MetricValue> Measured(BinaryMetrics metrics)
    {
        (string Name, double? Value)[] all =
        [
            ("rocAuc", metrics.RocAuc),
            ("accuracy", metrics.Accuracy),
            ("sensitivity", metrics.Sensitivity),
            ("specificity", metrics.Specificity),
        ];
        return all.Where(m => m.Value is not null)
            .ToDictionary(m => m.Name, m => new MetricValue(m.Value!.Value), StringComparer.Ordinal);
    }
}
