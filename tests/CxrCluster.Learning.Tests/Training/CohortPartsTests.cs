using CxrCluster.Learning.Training;

namespace CxrCluster.Learning.Tests.Training;

public sealed class CohortPartsTests
{
    private static readonly ClassifierTrainingOptions Options = new()
    {
        HeldOutFraction = 0.2,
        ValidationFraction = 0.25,
    };

    [Fact]
    public void Of_ManySeeds_NoPatientInTwoPartsAndNoImageLost()
    {
        var samples = ToyData.Cohort(40);
        for (var seed = 0; seed < 20; seed++)
        {
            var parts = CohortParts.Of([.. samples.Select(s => s.Row)], samples, Options with { Seed = seed });

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
    public void Of_UnreadableImages_HoldsOutTheSamePatients()
    {
        var samples = ToyData.Cohort(40);
        var rows = samples.Select(s => s.Row).ToList();

        var all = CohortParts.Of(rows, samples, Options).HeldOut;
        var some = CohortParts.Of(rows, [.. samples.Where((_, i) => i % 5 > 0)], Options).HeldOut;

        Assert.NotEmpty(some);
        Assert.True(some.Count < all.Count);
        Assert.Subset(all.Select(s => s.Row.Image).ToHashSet(), some.Select(s => s.Row.Image).ToHashSet());
        Assert.Equal(all.Where((s, _) => some.Contains(s)), some);
    }

    [Fact]
    public void Of_NoFractions_TrainsOnEverything()
    {
        var samples = ToyData.Cohort(5);

        var parts = CohortParts.Of(
            [.. samples.Select(s => s.Row)],
            samples,
            new() { HeldOutFraction = 0, ValidationFraction = 0 }
        );

        Assert.Equal(samples, parts.Training);
        Assert.Empty(parts.Validation);
        Assert.Empty(parts.HeldOut);
    }
}
