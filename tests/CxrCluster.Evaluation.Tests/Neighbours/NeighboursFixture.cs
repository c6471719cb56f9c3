using System.Text.Json;
using CxrCluster.Evaluation.Neighbours;

namespace CxrCluster.Evaluation.Tests.Neighbours;

/// <summary>Fixtures/neighbours.json (make_neighbours.py): what scikit-learn and SciPy say of one set of embeddings.</summary>
internal sealed record NeighboursFixture(
    int K,
    int[] Labels,
    string[] Hospitals,
    string[] Patients,
    double[] Scores,
    float[][] Vectors,
    double[] Averages,
    double Accuracy,
    double Sensitivity,
    NeighboursFixture.RetrievalTruth[] Retrieval,
    DistanceSpread All,
    DistanceSpread Positive,
    DistanceSpread Negative,
    DistanceSpread Across,
    double Perplexity,
    double Divergence
)
{
    internal sealed record RetrievalTruth(
        int K,
        double Precision,
        double PositivePrecision,
        double NegativePrecision,
        double Accuracy,
        double Sensitivity
    );

    public EmbeddedPrediction[] Images =>
        [
            .. Vectors.Select(
                (vector, i) =>
                    new EmbeddedPrediction(
                        new Prediction($"{i}.png", Hospitals[i], Patients[i], Labels[i], Scores[i]),
                        vector
                    )
            ),
        ];

    public static NeighboursFixture Load() =>
        JsonSerializer.Deserialize<NeighboursFixture>(
            File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", "neighbours.json")),
            JsonSerializerOptions.Web
        )!;
}
