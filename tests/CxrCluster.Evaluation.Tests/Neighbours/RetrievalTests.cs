using CxrCluster.Evaluation.Metrics;
using CxrCluster.Evaluation.Neighbours;
using CxrCluster.Similarity;

namespace CxrCluster.Evaluation.Tests.Neighbours;

public sealed class RetrievalTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Compute_Fixture_EqualsScikitLearn()
    {
        NeighboursFixture truth = NeighboursFixture.Load();
        var retrieval = Compute(truth.Images, truth.Images);

        foreach ((NeighboursFixture.RetrievalTruth expected, Retrieval at) in truth.Retrieval.Zip(retrieval))
        {
            Assert.Equal(expected.K, at.K);
            Assert.Equal(expected.Precision, at.Precision!.Value, 1e-12);
            Assert.Equal(expected.PositivePrecision, at.PositivePrecision!.Value, 1e-12);
            Assert.Equal(expected.NegativePrecision, at.NegativePrecision!.Value, 1e-12);
            Assert.Equal(expected.Accuracy, at.Vote.Accuracy!.Value, 1e-12);
            Assert.Equal(expected.Sensitivity, at.Vote.Sensitivity!.Value, 1e-12);
        }
    }

    [Fact]
    public void Compute_TrainingImages_EqualsANaiveComputation()
    {
        EmbeddedPrediction[] all = NeighboursFixture.Load().Images;
        (EmbeddedPrediction[] images, EmbeddedPrediction[] references) = (all[..40], all[30..]);

        foreach (Retrieval at in Compute(images, references))
        {
            (double Own, double Prior)[] naive =
            [
                .. images.Select(image =>
                {
                    var others = references.Where(r => Patient(r) != Patient(image)).ToList();
                    double Share(IEnumerable<EmbeddedPrediction> of) =>
                        of.Average(o => o.Prediction.Label == image.Prediction.Label ? 1.0 : 0.0);
                    var nearest = others.OrderBy(o => EuclideanDistance.Between(image.Embedding, o.Embedding));
                    return (Share(nearest.Take(at.K)), Share(others));
                }),
            ];
            var positives = naive.Where((_, i) => images[i].Prediction.Label == 1);
            Assert.Equal(naive.Average(n => n.Own), at.Precision!.Value, 1e-12);
            Assert.Equal(positives.Average(n => n.Prior), at.PositivePrior!.Value, 1e-12);
            Assert.Equal(images.Length, at.Average.Count);
        }
    }

    [Fact]
    public void Compute_K4_AverageIsTheNeighbourAverage()
    {
        EmbeddedPrediction[] images = NeighboursFixture.Load().Images;
        NeighbourAverage average = NeighbourAverage.Compute(images, images, 4, 0.5, Cancel);

        Assert.Equal(ConfusionMatrix.Of(average.Predictions, 0.5), Compute(images, images)[2].Average);
    }

    [Fact]
    public void Compute_ClassesFarApart_AllAgree()
    {
        EmbeddedPrediction[] images = [.. Enumerable.Range(0, 20).Select(i => Image($"{i}", i % 2, 100 * (i % 2) + i))];

        Assert.All(
            Compute(images, images),
            at =>
                Assert.Equal(
                    (1.0, 1.0, 1.0, 1.0),
                    (at.Precision, at.PositivePrecision, at.Vote.Accuracy, at.Vote.Specificity)
                )
        );
    }

    [Fact]
    public void Compute_OnePatientOnly_IsUndefined()
    {
        EmbeddedPrediction[] images = [Image("a", 1, 0), Image("a", 0, 1)];

        Assert.All(
            Compute(images, images),
            at =>
            {
                Assert.Null(at.Precision);
                Assert.Null(at.PositivePrior);
                Assert.Equal(0, at.Vote.Count);
            }
        );
    }

    private static IReadOnlyList<Retrieval> Compute(EmbeddedPrediction[] images, EmbeddedPrediction[] references) =>
        Retrieval.Compute(images, references, Retrieval.Depths, 0.5, Cancel);

    private static (string, string) Patient(EmbeddedPrediction image) =>
        (image.Prediction.Hospital, image.Prediction.PatientId);

    private static EmbeddedPrediction Image(string patient, int label, float position) =>
        new(new Prediction($"{patient}.png", "north", patient, label, 0.5), [position]);
}
