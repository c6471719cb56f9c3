namespace CxrCluster.Evaluation.Cohorts;

/// <summary>An image that the model has trouble with.</summary>
/// <param name="Disagreement">|label - probability|: 0 is sure and right, 1 sure and wrong.</param>
/// <param name="Wrong">On the wrong side of the threshold; otherwise only near it.</param>
/// <param name="Marked">Radiologists marked it as hard as well.</param>
/// <param name="View">Null if not given.</param>
public sealed record HardCase(Prediction Prediction, double Disagreement, bool Wrong, bool Marked, string? View)
{
    /// <summary>How far from the threshold a probability still is near it.</summary>
    public const double Near = 0.1;

    /// <summary>Images that are misclassified or within <see cref="Near"/> of the threshold, by disagreement.</summary>
    public static IReadOnlyList<HardCase> Rank(
        IEnumerable<Prediction> predictions,
        IReadOnlyDictionary<string, ImageFacts> facts,
        double threshold
    ) =>
        [
            .. predictions
                .Where(p => p.Predicted(threshold) != p.Label || Math.Abs(p.Probability - threshold) < Near)
                .Select(p => new HardCase(
                    p,
                    Math.Abs(p.Label - p.Probability),
                    p.Predicted(threshold) != p.Label,
                    facts.GetValueOrDefault(p.Image)?.Hard == true,
                    facts.GetValueOrDefault(p.Image)?.View
                ))
                .OrderByDescending(c => c.Disagreement)
                .ThenBy(c => c.Prediction.Image, StringComparer.Ordinal),
        ];
}
