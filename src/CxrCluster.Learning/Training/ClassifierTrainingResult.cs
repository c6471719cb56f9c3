using CxrCluster.Learning.Bundles;
using CxrCluster.Learning.Data;

namespace CxrCluster.Learning.Training;

/// <summary>What a classifier training did and how good the classifier is on patients it has not seen.</summary>
public sealed record ClassifierTrainingResult
{
    /// <summary>The bundle written.</summary>
    public required ModelBundle Bundle { get; init; }

    /// <summary>Images trained on.</summary>
    public required int TrainingImages { get; init; }

    /// <summary>Images the best epoch was chosen by.</summary>
    public required int ValidationImages { get; init; }

    /// <summary>The epoch whose weights were kept, from 1.</summary>
    public required int KeptEpoch { get; init; }

    /// <summary>Mean loss of the kept epoch.</summary>
    public required double Loss { get; init; }

    /// <summary>Predictions for the held-out images, in the manifest's order; float32, not folded.</summary>
    public required IReadOnlyList<HeldOutPrediction> HeldOut { get; init; }

    /// <summary>Metrics of <see cref="HeldOut"/>.</summary>
    public required BinaryMetrics Metrics { get; init; }

    /// <summary>Laterals, images with rectangular artifacts and repeated rows, left out.</summary>
    public required IReadOnlyList<SkippedImage> Excluded { get; init; }

    /// <summary>Missing or unreadable files, left out.</summary>
    public required IReadOnlyList<SkippedImage> Failed { get; init; }

    /// <summary>All epochs.</summary>
    public required IReadOnlyList<EpochRecord> History { get; init; }

    /// <summary>Why the training ended before its last epoch, in a sentence; null when it did not.</summary>
    public required string? Divergence { get; init; }
}
