using CxrCluster.Evaluation.Neighbours;

namespace CxrCluster.Evaluation.Tests.Neighbours;

public sealed class NeighbourAverageTests
{
    [Fact]
    public void Compute_Fixture_EqualsScikitLearn()
    {
        NeighboursFixture truth = NeighboursFixture.Load();
        var average = NeighbourAverage.Compute(truth.Images, truth.K);

        Assert.Equal(
            truth.Averages,
            average.Predictions.Select(p => p.Probability),
            (double x, double y) => Math.Abs(x - y) < 1e-9
        );
        Assert.Equal(truth.Accuracy, average.Accuracy!.Value, 1e-9);
        Assert.Equal(truth.Sensitivity, average.Sensitivity!.Value, 1e-9);
    }

    [Fact]
    public void Compute_SamePatientNearest_AsksOnlyOtherPatients()
    {
        EmbeddedPrediction[] images =
        [
            Image("north", "a", 0.9, 0),
            Image("north", "a", 0.8, 0),
            Image("south", "a", 0.1, 5),
            Image("north", "b", 0.3, 9),
        ];

        // The patient a of south is another one than the patient a of north.
        var average = NeighbourAverage.Compute(images, k: 1);
        Assert.Equal([0.1, 0.1, 0.3, 0.1], average.Predictions.Select(p => p.Probability));
    }

    [Fact]
    public void Compute_FewerOthersThanK_AveragesThoseThereAre()
    {
        EmbeddedPrediction[] images =
        [
            Image("north", "a", 0.2, 0),
            Image("north", "b", 0.4, 1),
            Image("north", "c", 1, 2),
        ];

        Assert.Equal(0.7, NeighbourAverage.Compute(images, k: 4).Predictions[0].Probability, 1e-12);
    }

    [Fact]
    public void Compute_OnePatientOnly_IsUndefined()
    {
        var average = NeighbourAverage.Compute([Image("north", "a", 0.9, 0), Image("north", "a", 0.8, 0)]);

        Assert.Empty(average.Predictions);
        Assert.Null(average.Accuracy);
        Assert.Null(average.Sensitivity);
    }

    [Fact]
    public void Compute_NoImages_IsUndefined() => Assert.Null(NeighbourAverage.Compute([]).Accuracy);

    private static EmbeddedPrediction Image(string hospital, string patient, double probability, float position) =>
        new(new Prediction("x.png", hospital, patient, 1, probability), [position]);
}
