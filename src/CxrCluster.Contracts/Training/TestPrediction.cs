namespace CxrCluster.Contracts.Training;

/// <summary>What a run says about one image of its split's test patients.</summary>
/// <param name="Image">File name in the cohort's manifest.</param>
/// <param name="Label">Truth, 0 or 1.</param>
/// <param name="Probability">Of COVID-19, 0 to 1.</param>
[GenerateSerializer, Immutable, Alias("test-prediction")]
public sealed record TestPrediction(
    [property: Id(0)] string Image,
    [property: Id(1)] string Hospital,
    [property: Id(2)] string PatientId,
    [property: Id(3)] int Label,
    [property: Id(4)] double Probability
);
