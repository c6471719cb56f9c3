using CxrCluster.Learning.Data;
using CxrCluster.Learning.Tests.Training;

namespace CxrCluster.Learning.Tests.Data;

public sealed class TrainingCohortTests
{
    [Fact]
    public void Split_ManySeeds_NoPatientInTwoPartsAndNoImageLost()
    {
        var samples = ToyData.Cohort(40);
        for (var seed = 0; seed < 20; seed++)
        {
            var parts = TrainingCohort.Split([.. samples.Select(s => s.Row)], samples, 0.2, 0.25, seed);

            var patients = new[] { parts.Training, parts.Validation, parts.HeldOut }
                .Select(p => p.Select(s => (s.Row.Hospital, s.Row.PatientId)).Distinct().ToList())
                .ToList();
            Assert.Equal(40, patients.Sum(p => p.Count));
            Assert.Equal(40, patients.SelectMany(p => p).Distinct().Count());
            Assert.All(patients, p => Assert.True(p.Count >= 7));
            Assert.Equal(80, parts.Training.Count + parts.Validation.Count + parts.HeldOut.Count);
        }
    }

    [Fact]
    public void Split_UnreadableImages_HoldsOutTheSamePatients()
    {
        var samples = ToyData.Cohort(40);
        var rows = samples.Select(s => s.Row).ToList();

        var all = TrainingCohort.Split(rows, samples, 0.2, 0.25, 1).HeldOut;
        var some = TrainingCohort.Split(rows, [.. samples.Where((_, i) => i % 5 > 0)], 0.2, 0.25, 1).HeldOut;

        Assert.NotEmpty(some);
        Assert.True(some.Count < all.Count);
        Assert.Subset(all.Select(s => s.Row.Image).ToHashSet(), some.Select(s => s.Row.Image).ToHashSet());
        Assert.Equal(all.Where((s, _) => some.Contains(s)), some);
    }

    [Fact]
    public void Split_NoFractions_TrainsOnEverything()
    {
        var samples = ToyData.Cohort(5);

        var parts = TrainingCohort.Split(
            [.. samples.Select(s => s.Row)],
            samples,
            heldOutFraction: 0,
            validationFraction: 0,
            seed: 1
        );

        Assert.Equal(samples, parts.Training);
        Assert.Empty(parts.Validation);
        Assert.Empty(parts.HeldOut);
    }
}
