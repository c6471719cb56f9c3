using CxrCluster.Evaluation.Metrics;

namespace CxrCluster.Evaluation.Neighbours;

/// <summary>
/// Classification by similar cases: an image's probability is the mean of the model's probabilities of its k nearest
/// images of other patients (Goldstein et al. 2020 take k = 4).
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
    public static NeighbourAverage Compute(IReadOnlyList<EmbeddedPrediction> images, int k = 4, double threshold = 0.5)
    {
        var search = new PatientSearch(images);
        List<Prediction> averaged = [];
        for (int i = 0; i < images.Count; i++)
        {
            var neighbours = search.Nearest(i, k);
            if (neighbours.Count > 0)
            {
                Prediction image = images[i].Prediction;
                double mean = neighbours.Average(neighbour => images[neighbour.Index].Prediction.Probability);
                averaged.Add(new Prediction(image.Image, image.Hospital, image.PatientId, image.Label, mean));
            }
        }
        ConfusionMatrix confusion = ConfusionMatrix.Of(averaged, threshold);
        return new NeighbourAverage(k, confusion.Accuracy, confusion.Sensitivity, averaged);
    }
}
