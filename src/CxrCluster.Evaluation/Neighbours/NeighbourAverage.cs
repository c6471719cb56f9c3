using CxrCluster.Evaluation.Metrics;

namespace CxrCluster.Evaluation.Neighbours;

/// <summary>
/// Classification by similar cases: an image's probability is the mean of the model's probabilities of its k nearest
/// images of other patients (Goldstein et al. 2020 take k = 4 and look among the training images).
/// </summary>
/// <param name="K">Neighbours per image.</param>
/// <param name="Accuracy">Null if no image has a neighbour.</param>
/// <param name="Sensitivity">Null if no positive has a neighbour.</param>
/// <param name="Predictions">Averaged predictions; images without any neighbour are left out.</param>
public sealed record NeighbourAverage(
    int K,
    double? Accuracy,
    double? Sensitivity,
    IReadOnlyList<Prediction> Predictions
)
{
    /// <summary>Averages over at most k neighbours; fewer if the other patients have fewer images.</summary>
    /// <param name="images">Those to classify.</param>
    /// <param name="references">Where neighbours are looked for: training images, or the images themselves.</param>
    public static NeighbourAverage Compute(
        IReadOnlyList<EmbeddedPrediction> images,
        IReadOnlyList<EmbeddedPrediction> references,
        int k,
        double threshold,
        CancellationToken cancellationToken
    )
    {
        var search = new PatientSearch(references);
        List<Prediction> averaged = [];
        foreach (EmbeddedPrediction image in images)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var neighbours = search.Nearest(image, k);
            if (neighbours.Count > 0)
            {
                double mean = neighbours.Average(near => near.Image.Prediction.Probability);
                averaged.Add(image.Prediction.With(mean));
            }
        }
        ConfusionMatrix confusion = ConfusionMatrix.Of(averaged, threshold);
        return new NeighbourAverage(k, confusion.Accuracy, confusion.Sensitivity, averaged);
    }
}
