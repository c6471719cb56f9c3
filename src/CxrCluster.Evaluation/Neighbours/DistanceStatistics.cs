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
    public static DistanceStatistics Compute(IReadOnlyList<EmbeddedPrediction> images)
    {
        RunningSpread positive = new(),
            negative = new(),
            across = new(),
            all = new();
        for (int i = 0; i < images.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double distance = EuclideanDistance.Between(images[i].Embedding, images[j].Embedding);
                all.Add(distance);
                switch (images[i].Prediction.Label + images[j].Prediction.Label)
                {
                    case 2:
                        positive.Add(distance);
                        break;
                    case 0:
                        negative.Add(distance);
                        break;
                    default:
                        across.Add(distance);
                        break;
                }
            }
        }
        return new DistanceStatistics(all.Spread, positive.Spread, negative.Spread, across.Spread);
    }
}
