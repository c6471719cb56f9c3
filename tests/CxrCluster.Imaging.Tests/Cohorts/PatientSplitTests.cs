using CxrCluster.Imaging.Cohorts;
using CxrCluster.Imaging.Tests.Support;
using FsCheck.Fluent;

namespace CxrCluster.Imaging.Tests.Cohorts;

public sealed class PatientSplitTests
{
    [Fact]
    public void Split_AnyCohort_LosesAndDoublesNothingAndKeepsTheOrder() =>
        ForAnyCohort(
            (rows, fraction, seed) =>
            {
                var (train, test) = PatientSplit.Split(rows, fraction, seed);
                Assert.Equal(rows.Where(train.Contains), train);
                Assert.Equal(rows.Where(test.Contains), test);
                Assert.Equal(rows.Count, train.Count + test.Count);
                Assert.Empty(train.Intersect(test));
            }
        );

    [Fact]
    public void Split_AnyCohort_HasNoPatientOnBothSides() =>
        ForAnyCohort(
            (rows, fraction, seed) =>
            {
                var (train, test) = PatientSplit.Split(rows, fraction, seed);
                Assert.Empty(train.Select(PatientOf).Intersect(test.Select(PatientOf)));
            }
        );

    [Fact]
    public void Split_AnyCohort_HoldsOutTheFractionOfEachClassToWithinAPatient() =>
        ForAnyCohort(
            (rows, fraction, seed) =>
            {
                var (_, test) = PatientSplit.Split(rows, fraction, seed);
                var held = test.Select(PatientOf).ToHashSet();
                foreach (var stratum in rows.GroupBy(PatientOf).GroupBy(patient => patient.Max(row => row.Label)))
                {
                    var got = stratum.Count(patient => held.Contains(patient.Key));
                    Assert.InRange(got, (stratum.Count() * fraction) - 1, (stratum.Count() * fraction) + 1);
                }
            }
        );

    [Fact]
    public void Split_RowsInAnotherOrder_HoldsOutTheSame() =>
        ForAnyCohort(
            (rows, fraction, seed) =>
            {
                var expected = PatientSplit.Split(rows, fraction, seed).Test.ToHashSet();
                var shuffled = rows.ToArray();
                new Random(seed).Shuffle(shuffled);
                Assert.Equal(expected, PatientSplit.Split(shuffled, fraction, seed).Test.ToHashSet());
            }
        );

    [Fact]
    public void Split_EqualSeeds_AreEqualAndOthersDiffer()
    {
        var rows = Enumerable.Range(0, 200).Select(i => Row(i, "north", $"p{i}", i % 2)).ToList();

        var splits = Enumerable.Range(0, 10).Select(seed => Names(PatientSplit.Split(rows, 0.15, seed).Test)).ToList();

        Assert.Equal(splits, Enumerable.Range(0, 10).Select(seed => Names(PatientSplit.Split(rows, 0.15, seed).Test)));
        Assert.Equal(10, splits.Distinct().Count());
    }

    [Fact]
    public void Split_KnownCohort_StaysAsItIs()
    {
        // Pins the draw itself: published splits must stay what they are.
        var rows = Enumerable.Range(0, 20).Select(i => Row(i, "north", $"p{i}", i % 2)).ToList();

        Assert.Equal(PinnedTest, Names(PatientSplit.Split(rows, 0.2, seed: 1).Test));
    }

    [Fact]
    public void Split_SamePatientNumberInTwoHospitals_AreTwoPatients()
    {
        var rows = Enumerable.Range(0, 40).Select(i => Row(i, i < 20 ? "north" : "south", $"p{i % 20}", 0)).ToList();

        var held = PatientSplit.Split(rows, 0.5, seed: 5).Test.Select(row => row.PatientId).ToList();

        Assert.Equal(20, held.Count);
        Assert.NotEqual(held.Count, held.Distinct().Count() * 2);
    }

    [Theory]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void Split_FractionOutOfRange_IsRefused(double fraction)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => PatientSplit.Split([Row(0, "n", "p", 0)], fraction, 1));
    }

    [Fact]
    public void Split_RealManifest_HoldsOutBothClasses()
    {
        var rows = CohortManifest.Read(Path.Combine(RealData.Folder, CohortManifest.FileName), (_, _) => { });

        var (train, test) = PatientSplit.Split(rows, 0.15, seed: 1);

        Assert.Equal([0, 1], test.Select(row => row.Label).Distinct().Order());
        Assert.Equal([0, 1], train.Select(row => row.Label).Distinct().Order());
        Assert.InRange(test.Count, 20, 80);
    }

    private const string PinnedTest = "p2 p3 p13 p16";

    private static string Names(IEnumerable<CohortRow> rows) => string.Join(' ', rows.Select(row => row.PatientId));

    private static (string, string) PatientOf(CohortRow row) => (row.Hospital, row.PatientId);

    private static CohortRow Row(int i, string hospital, string patient, int label) =>
        new()
        {
            Image = $"{i}.png",
            Hospital = hospital,
            PatientId = patient,
            Label = label,
        };

    private static void ForAnyCohort(Action<IReadOnlyList<CohortRow>, double, int> holds)
    {
        var row =
            from hospital in Gen.Choose(0, 2)
            from patient in Gen.Choose(0, 12)
            from label in Gen.Choose(0, 1)
            select (Hospital: $"h{hospital}", Patient: $"p{patient}", Label: label);
        var cases =
            from drawn in row.ListOf()
            from percent in Gen.Choose(0, 100)
            from seed in Gen.Choose(0, 1000)
            select (Rows: drawn.Select((r, i) => Row(i, r.Hospital, r.Patient, r.Label)).ToList(), percent, seed);
        Cases.AllHold(cases, one => holds(one.Rows, one.percent / 100.0, one.seed));
    }
}
