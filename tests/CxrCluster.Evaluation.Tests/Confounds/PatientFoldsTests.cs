using CxrCluster.Evaluation.Confounds;

namespace CxrCluster.Evaluation.Tests.Confounds;

public sealed class PatientFoldsTests
{
    [Fact]
    public void Assign_ImagesOfOnePatient_ShareAFold()
    {
        Prediction[] images = Samples.Cohort(120);
        int[] kinds = [.. images.Select(p => p.Label)];
        int[] fold = PatientFolds.Assign(images, kinds, 5, 1);

        Assert.All(
            images.Zip(fold).GroupBy(p => (p.First.Hospital, p.First.PatientId)),
            patient => Assert.Single(patient.Select(p => p.Second).Distinct())
        );
        // 60 patients, a third of them positive: 12 per fold, 4 of them positive.
        Assert.All(
            fold.Zip(images).GroupBy(p => p.First),
            f =>
            {
                Assert.Equal(24, f.Count());
                Assert.Equal(8, f.Sum(p => p.Second.Label));
            }
        );
    }

    [Fact]
    public void Assign_AnotherOrder_GivesEachImageTheSameFold()
    {
        Prediction[] images = Samples.Cohort(60);
        Prediction[] reversed = [.. images.Reverse()];
        int[] fold = PatientFolds.Assign(images, [.. images.Select(p => p.Label)], 5, 1);
        int[] other = PatientFolds.Assign(reversed, [.. reversed.Select(p => p.Label)], 5, 1);

        Assert.Equal(fold, other.Reverse());
    }

    [Fact]
    public void Choose_MoreImagesThanAsked_TakesWholePatients()
    {
        Prediction[] images = Samples.Cohort(200);
        int[] chosen = [.. PatientSample.Choose(images, 50, 1)];

        Assert.Equal(50, chosen.Length);
        Assert.All(chosen.GroupBy(i => images[i].PatientId), patient => Assert.Equal(2, patient.Count()));
        Assert.NotEqual(chosen, PatientSample.Choose(images, 50, 2));
        Assert.Equal(Enumerable.Range(0, 200), PatientSample.Choose(images, 200, 1));
    }
}
