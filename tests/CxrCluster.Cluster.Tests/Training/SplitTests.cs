using CxrCluster.Contracts.Training;
using CxrCluster.Grains.Training;
using CxrCluster.Imaging;
using CxrCluster.Imaging.Cohorts;
using CxrCluster.Learning.Data;
using CxrCluster.Learning.Training;
using FsCheck;
using FsCheck.Fluent;

namespace CxrCluster.Cluster.Tests.Training;

public class SplitTests
{
    [Fact]
    public void Split_AnyManifest_NoPatientIsInTwoPartsOfAnySplitAndEveryUsableImageIsInOne()
    {
        Gen<CohortRow> row =
            from hospital in Gen.Choose(0, 2)
            from patient in Gen.Choose(0, 15)
            from label in Gen.Choose(0, 1)
            select new CohortRow
            {
                Image = "",
                Hospital = $"h{hospital}",
                PatientId = $"p{patient}",
                Label = label,
            };
        Gen<Case> cases =
            from rows in row.ListOf().Where(r => r.Count > 0)
            from usable in Gen.Choose(0, 100)
            from test in Gen.Choose(5, 90)
            from validation in Gen.Choose(0, 50)
            from seed in Gen.Choose(0, 1000)
            select new Case(
                [.. rows.Select((r, i) => r with { Image = $"{i}.png" })],
                usable / 100.0,
                test / 100.0,
                validation / 100.0,
                seed
            );

        Check.One(
            Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(300),
            Prop.ForAll(cases.ToArbitrary(), Holds)
        );
    }

    [Fact]
    public void Split_Numbers_AreDifferentSplitsOfTheSameSeed()
    {
        CohortRow[] rows =
        [
            .. Enumerable
                .Range(0, 100)
                .Select(i => new CohortRow
                {
                    Image = $"{i}.png",
                    Hospital = "h",
                    PatientId = $"p{i}",
                    Label = i % 2,
                }),
        ];
        SweepSpec spec = Spec(0.15, 0, 1);

        string[] heldOut =
        [
            .. Enumerable
                .Range(0, 10)
                .Select(split =>
                    string.Join(
                        ' ',
                        ClassifierRuns.Split(spec, split, rows, Samples(rows)).HeldOut.Select(s => s.Row.Image)
                    )
                ),
        ];

        Assert.Equal(10, heldOut.Distinct(StringComparer.Ordinal).Count());
        Assert.All(heldOut, h => Assert.InRange(h.Split(' ').Length, 14, 16));
    }

    private static bool Holds(Case c)
    {
        SweepSpec spec = Spec(c.Test, c.Validation, c.Seed);
        ClassificationSample[] samples = Samples(c.Rows.Where((_, i) => i * 37 % 100 < c.Usable * 100));
        return Enumerable
            .Range(0, spec.Splits)
            .All(split =>
            {
                TrainingCohort cohort = ClassifierRuns.Split(spec, split, c.Rows, samples);
                IReadOnlyList<ClassificationSample>[] parts = [cohort.Training, cohort.Validation, cohort.HeldOut];
                var patients = parts.SelectMany(part => part.Select(s => (s.Row.Hospital, s.Row.PatientId)).Distinct());
                return patients.CountBy(p => p).All(p => p.Value == 1)
                    && parts
                        .SelectMany(p => p)
                        .Select(s => s.Row.Image)
                        .Order()
                        .SequenceEqual(samples.Select(s => s.Row.Image).Order());
            });
    }

    private static ClassificationSample[] Samples(IEnumerable<CohortRow> rows) =>
        [.. rows.Select(r => new ClassificationSample(r, new SquareImage(1, [0]), new SquareImage(1, [0])))];

    private static SweepSpec Spec(double test, double validation, int seed) =>
        new()
        {
            Architectures = ["resnet34"],
            Splits = 4,
            TestFraction = test,
            Seed = seed,
            Cohort = "",
            Training = SweepTraining.Write(new ClassifierTrainingOptions { ValidationFraction = validation }),
        };

    private sealed record Case(CohortRow[] Rows, double Usable, double Test, double Validation, int Seed);
}
