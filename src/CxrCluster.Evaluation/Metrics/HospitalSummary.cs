namespace CxrCluster.Evaluation.Metrics;

/// <summary>One line of the table per hospital.</summary>
/// <param name="Images">Scored, excluded and failed together.</param>
/// <param name="Accuracy">Of the scored images; null if there are none.</param>
/// <param name="RocAuc">Null unless the scored images have both classes.</param>
public sealed record HospitalSummary(
    string Hospital,
    int Images,
    int Scored,
    int Excluded,
    int Failed,
    double? Accuracy,
    double? Sensitivity,
    double? Specificity,
    double? RocAuc
)
{
    /// <summary>A summary per hospital, in ordinal order of the name.</summary>
    public static IReadOnlyList<HospitalSummary> Compute(
        IEnumerable<Prediction> scored,
        IEnumerable<UnscoredImage> unscored,
        double threshold = 0.5
    ) => throw new NotSupportedException("not written yet");
}
