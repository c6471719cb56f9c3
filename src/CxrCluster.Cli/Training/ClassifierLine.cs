using CxrCluster.Learning.Training;

namespace CxrCluster.Cli.Training;

/// <summary>What `cxr train classifier --json` says: metrics are those of the held-out patients.</summary>
internal sealed record ClassifierLine(
    string Bundle,
    string Model,
    int TrainingImages,
    int HeldOutImages,
    int HeldOutPositives,
    double? RocAuc,
    double? Accuracy,
    double? Sensitivity,
    double? Specificity,
    int Excluded,
    int Failed,
    int KeptEpoch,
    int Epochs,
    double DataWaitShare,
    string? Divergence,
    string HeldOutManifest
)
{
    /// <summary>The line of one training.</summary>
    public static ClassifierLine Of(ClassifierTrainingResult result, string heldOutManifest) =>
        new(
            result.Bundle.Folder,
            result.Bundle.Manifest.ToString(),
            result.TrainingImages,
            result.Metrics.Images,
            result.Metrics.Positives,
            result.Metrics.RocAuc,
            result.Metrics.Accuracy,
            result.Metrics.Sensitivity,
            result.Metrics.Specificity,
            result.Excluded.Count,
            result.Failed.Count,
            result.KeptEpoch,
            result.History.Count,
            TrainingRecord.WaitShare(result.History),
            result.Divergence,
            heldOutManifest
        );
}
