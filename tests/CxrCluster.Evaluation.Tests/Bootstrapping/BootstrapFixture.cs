namespace CxrCluster.Evaluation.Tests.Bootstrapping;

/// <summary>Fixtures/bootstrap.json (make_bootstrap.py).</summary>
internal sealed record BootstrapFixture(
    int[] Labels,
    double[] Scores,
    double Threshold,
    BootstrapFixture.Resample[] Resamples,
    double[] Values,
    double[] Fractions,
    double[] Percentiles
)
{
    public static BootstrapFixture Load() => Fixture.Load<BootstrapFixture>("bootstrap.json");

    /// <summary>How often each image was drawn, and scikit-learn's metrics in the order of MetricKind.</summary>
    internal sealed record Resample(int[] Draws, double[] Values);
}
