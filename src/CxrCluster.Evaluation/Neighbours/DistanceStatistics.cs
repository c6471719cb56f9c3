namespace CxrCluster.Evaluation.Neighbours;

/// <summary>Euclidean distances between the embeddings of all pairs of images, by the classes of the pair.</summary>
/// <param name="All">Every pair.</param>
/// <param name="Positive">Both positive.</param>
/// <param name="Negative">Both negative.</param>
/// <param name="Across">One of each.</param>
public sealed record DistanceStatistics(
    DistanceSpread All,
    DistanceSpread Positive,
    DistanceSpread Negative,
    DistanceSpread Across
)
{
    /// <summary>Over all unordered pairs of two images.</summary>
    public static DistanceStatistics Compute(IReadOnlyList<EmbeddedPrediction> images) =>
        throw new NotSupportedException("not written yet");
}
