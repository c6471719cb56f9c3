using CxrCluster.Evaluation.Metrics;

namespace CxrCluster.Evaluation.Neighbours;

/// <summary>How well similar cases agree with the image that they were found for, by the k nearest of other patients.</summary>
/// <param name="K">Neighbours per image; fewer if the other patients have fewer images.</param>
/// <param name="Precision">Share of neighbours of the image's own class, mean over the images (precision@k).</param>
/// <param name="PositivePrecision">The same over the positive images; null if none has a neighbour.</param>
/// <param name="NegativePrecision">The same over the negative ones.</param>
/// <param name="PositivePrior">What picking images at random gives the positive images: the share of positives among the
/// references of other patients.</param>
/// <param name="NegativePrior">The same for the negative ones.</param>
/// <param name="Average">Classification by the mean probability of the neighbours, as in the paper.</param>
/// <param name="Vote">Classification by the neighbours' known classes: the share of positives, at or above one half.</param>
public sealed record Retrieval(
    int K,
    double? Precision,
    double? PositivePrecision,
    double? NegativePrecision,
    double? PositivePrior,
    double? NegativePrior,
    ConfusionMatrix Average,
    ConfusionMatrix Vote
)
{
    /// <summary>The k that are reported.</summary>
    public static IReadOnlyList<int> Depths { get; } = [1, 2, 4, 8];

    /// <summary>For each k; images without any neighbour are left out.</summary>
    /// <param name="images">Those to find neighbours of.</param>
    /// <param name="references">Where they are looked for: training images, or the images themselves.</param>
    /// <param name="depths">Each at least 1.</param>
    /// <param name="threshold">Of the averaged probabilities.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static IReadOnlyList<Retrieval> Compute(
        IReadOnlyList<EmbeddedPrediction> images,
        IReadOnlyList<EmbeddedPrediction> references,
        IReadOnlyList<int> depths,
        double threshold,
        CancellationToken cancellationToken
    )
    {
        var search = new PatientSearch(references);
        ILookup<(string, string), EmbeddedPrediction> ofPatient = references.ToLookup(r => Patient(r.Prediction));
        int positives = references.Count(r => r.Prediction.Label == 1);
        var found = new List<Found>();
        foreach (EmbeddedPrediction image in images)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Prediction[] neighbours =
            [
                .. search.Nearest(image, depths.Max()).Select(neighbour => neighbour.Image.Prediction),
            ];
            if (neighbours.Length == 0)
                continue;
            var own = ofPatient[Patient(image.Prediction)].ToList();
            double share =
                (double)(positives - own.Count(r => r.Prediction.Label == 1)) / (references.Count - own.Count);
            found.Add(new Found(image.Prediction, neighbours, image.Prediction.Label == 1 ? share : 1 - share));
        }
        return [.. depths.Select(k => At(k, found, threshold))];
    }

    private static Retrieval At(int k, List<Found> found, double threshold)
    {
        return new Retrieval(
            k,
            Mean(found, PrecisionOf),
            Mean(Of(1), PrecisionOf),
            Mean(Of(0), PrecisionOf),
            Mean(Of(1), f => f.Prior),
            Mean(Of(0), f => f.Prior),
            ConfusionMatrix.Of(
                [.. found.Select(f => f.Image.With(f.Neighbours.Take(k).Average(n => n.Probability)))],
                threshold
            ),
            ConfusionMatrix.Of([.. found.Select(f => f.Image.With(f.Neighbours.Take(k).Average(n => n.Label)))], 0.5)
        );

        IEnumerable<Found> Of(int label) => found.Where(f => f.Image.Label == label);

        double PrecisionOf(Found f) => f.Neighbours.Take(k).Average(n => n.Label == f.Image.Label ? 1.0 : 0.0);
    }

    private static double? Mean(IEnumerable<Found> found, Func<Found, double> value) =>
        found.Select(f => (double?)value(f)).Average();

    private static (string, string) Patient(Prediction prediction) => (prediction.Hospital, prediction.PatientId);

    private sealed record Found(Prediction Image, Prediction[] Neighbours, double Prior);
}
