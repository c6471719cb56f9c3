namespace CxrCluster.Evaluation;

/// <summary>Several models vote on every image, each at its own threshold.</summary>
public static class MajorityVote
{
    /// <summary>At this share of votes an image is positive; a tie of an even number of models counts as positive.</summary>
    public const double Threshold = 0.5;

    /// <summary>
    /// One prediction per image that all models scored, in the first model's order; its probability is the share of models
    /// that call it positive.
    /// </summary>
    /// <param name="models">Per model its predictions and its threshold; at least one.</param>
    public static IReadOnlyList<Prediction> Of(
        IReadOnlyList<(IReadOnlyList<Prediction> Predictions, double Threshold)> models
    )
    {
        var votes = models
            .SelectMany(m => m.Predictions.Select(p => (p.Image, Vote: p.Predicted(m.Threshold))))
            .ToLookup(v => v.Image, v => v.Vote, StringComparer.Ordinal);
        return
        [
            .. models[0]
                .Predictions.Where(p => votes[p.Image].Count() == models.Count)
                .Select(p => p.With(votes[p.Image].Average())),
        ];
    }
}
