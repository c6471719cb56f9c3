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
    )
    {
        ILookup<string, Prediction> scoredBy = scored.ToLookup(p => p.Hospital, StringComparer.Ordinal);
        ILookup<string, UnscoredImage> unscoredBy = unscored.ToLookup(u => u.Hospital, StringComparer.Ordinal);
        return
        [
            .. scoredBy
                .Select(group => group.Key)
                .Union(unscoredBy.Select(group => group.Key), StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(hospital => Summarise(hospital, [.. scoredBy[hospital]], [.. unscoredBy[hospital]], threshold)),
        ];
    }

    private static HospitalSummary Summarise(
        string hospital,
        IReadOnlyList<Prediction> scored,
        IReadOnlyList<UnscoredImage> unscored,
        double threshold
    )
    {
        int excluded = unscored.Count(image => image.Kind == UnscoredKind.Excluded);
        ClassificationMetrics metrics = ClassificationMetrics.Compute(scored, threshold);
        return new HospitalSummary(
            hospital,
            scored.Count + unscored.Count,
            scored.Count,
            excluded,
            unscored.Count - excluded,
            metrics.Accuracy,
            metrics.Sensitivity,
            metrics.Specificity,
            metrics.RocAuc
        );
    }
}
