using CxrCluster.Similarity;

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
    public static DistanceStatistics Within(
        IReadOnlyList<EmbeddedPrediction> images,
        CancellationToken cancellationToken
    ) => Compute(images, i => images.Take(i), cancellationToken);

    /// <summary>Over all pairs of an image and a reference, the paper's test and training images.</summary>
    public static DistanceStatistics Between(
        IReadOnlyList<EmbeddedPrediction> images,
        IReadOnlyList<EmbeddedPrediction> references,
        CancellationToken cancellationToken
    ) => Compute(images, _ => references, cancellationToken);

    private static DistanceStatistics Compute(
        IReadOnlyList<EmbeddedPrediction> images,
        Func<int, IEnumerable<EmbeddedPrediction>> partners,
        CancellationToken cancellationToken
    )
    {
        RunningSpread all = new();
        RunningSpread[] byPositives = [new(), new(), new()];
        for (int i = 0; i < images.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (EmbeddedPrediction partner in partners(i))
            {
                double distance = EuclideanDistance.Between(images[i].Embedding, partner.Embedding);
                all.Add(distance);
                byPositives[images[i].Prediction.Label + partner.Prediction.Label].Add(distance);
            }
        }
        return new DistanceStatistics(
            all.Spread,
            Positive: byPositives[2].Spread,
            Negative: byPositives[0].Spread,
            Across: byPositives[1].Spread
        );
    }
}
