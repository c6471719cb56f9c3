using CxrCluster.Evaluation.Neighbours;

namespace CxrCluster.Evaluation.Tests.Neighbours;

public sealed class NeighbourAverageTests
{
    [Fact]
    public void Compute_Fixture_EqualsScikitLearn()
    {
        NeighboursFixture truth = NeighboursFixture.Load();
        var average = Compute(truth.Images, truth.K);

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
        var average = Compute(images, 1);
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

        Assert.Equal(0.7, Compute(images, 4).Predictions[0].Probability, 1e-12);
    }

    [Fact]
    public void Compute_OnePatientOnly_IsUndefined()
    {
        var average = Compute([Image("north", "a", 0.9, 0), Image("north", "a", 0.8, 0)], 4);

        Assert.Empty(average.Predictions);
        Assert.Null(average.Accuracy);
        Assert.Null(average.Sensitivity);
    }

    [Fact]
    public void Compute_NoImages_IsUndefined() => Assert.Null(Compute([], 4).Accuracy);

    [Fact]
    public void Compute_TrainingImages_AsksOnlyThemAndNotTheSamePatient()
    {
        var average = NeighbourAverage.Compute(
            [Image("north", "a", 0.9, 0), Image("north", "b", 0.9, 1)],
            [Image("north", "a", 0.1, 0), Image("north", "c", 0.7, 5)],
            k: 1,
            threshold: 0.5,
            TestContext.Current.CancellationToken
        );

        Assert.Equal([0.7, 0.1], average.Predictions.Select(p => p.Probability));
    }

    [Fact]
    public void Compute_EmbeddingsAllEqual_TakesTheFirstOfTheList()
    {
        var average = Compute([.. Enumerable.Range(0, 6).Select(i => Image("north", $"{i}", i / 10.0, 2))], 2);

        Assert.Equal(0.15, average.Predictions[0].Probability, 1e-12); // 0.1 and 0.2
        Assert.Equal(0.05, average.Predictions[5].Probability, 1e-12); // 0.0 and 0.1
    }

    [Fact]
    public void Compute_Cancelled_Stops()
    {
        EmbeddedPrediction[] images = [Image("north", "a", 0.9, 0)];
        Assert.Throws<OperationCanceledException>(() =>
            NeighbourAverage.Compute(images, images, 4, 0.5, new CancellationToken(canceled: true))
        );
    }

    private static NeighbourAverage Compute(EmbeddedPrediction[] images, int k) =>
        NeighbourAverage.Compute(images, images, k, 0.5, TestContext.Current.CancellationToken);

    private static EmbeddedPrediction Image(string hospital, string patient, double probability, float position) =>
        new(new Prediction("x.png", hospital, patient, 1, probability), [position]);
}
