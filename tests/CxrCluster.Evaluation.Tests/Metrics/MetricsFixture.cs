using System.Text.Json;

namespace CxrCluster.Evaluation.Tests.Metrics;

/// <summary>A case of Fixtures/metrics.json (make_metrics.py): scikit-learn's answers.</summary>
internal sealed record MetricsFixture(
    string Name,
    int[] Labels,
    double[] Scores,
    double Threshold,
    int Tp,
    int Fp,
    int Tn,
    int Fn,
    double? Accuracy,
    double? Sensitivity,
    double? Specificity,
    double? Precision,
    double? F1,
    double? RocAuc,
    double? PrAuc,
    double? Brier,
    double[]? Fpr,
    double[]? Tpr,
    double[]? RecallAscending,
    double[]? PrecisionAscending
)
{
    private static readonly MetricsFixture[] Cases = JsonSerializer.Deserialize<MetricsFixture[]>(
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", "metrics.json")),
        JsonSerializerOptions.Web
    )!;

    public static TheoryData<string> Names { get; } = [.. Cases.Select(fixture => fixture.Name)];

    public Prediction[] Predictions => Samples.Of([.. Labels.Zip(Scores)]);

    public static MetricsFixture Load(string name) => Cases.Single(fixture => fixture.Name == name);
}
