using CxrCluster.Synthesis.Plan;

namespace CxrCluster.Synthesis.Tests.Plan;

public sealed class CohortPlanTests
{
    private static readonly IReadOnlyList<ImagePlan> Large = CohortPlan.Create(
        new SynthesisOptions { Patients = 4000, Seed = 11 }
    );

    [Theory]
    [InlineData(8, 4)]
    [InlineData(32, 16)]
    [InlineData(3, 1)]
    public void Create_TwoPatientsPerHospital_HasBothClassesAtEveryHospital(int patients, int hospitals)
    {
        var plan = CohortPlan.Create(new SynthesisOptions { Patients = patients, Hospitals = hospitals });

        var byHospital = plan.GroupBy(image => image.Patient.Machine.Hospital).ToList();
        Assert.Equal(hospitals, byHospital.Count);
        Assert.All(byHospital, hospital => Assert.Equal(2, hospital.Select(i => i.Patient.Label).Distinct().Count()));
    }

    [Fact]
    public void Create_LargeCohort_HasTheSameShareOfPositivesEverywhere()
    {
        foreach (var hospital in Patients().GroupBy(patient => patient.Machine.Hospital))
        {
            Assert.Equal(CohortPlan.PositiveShare, hospital.Average(patient => patient.Label), 0.01);
        }
    }

    [Fact]
    public void Create_MorePatients_KeepsTheFirstOnes()
    {
        var few = CohortPlan.Create(new SynthesisOptions { Patients = 50, Seed = 11 });

        Assert.Equal(few, Large.Take(few.Count));
    }

    [Fact]
    public void Create_LargeCohort_HasFollowUpsOfTheSameCourse()
    {
        var patients = Large.GroupBy(image => image.Patient.Index).ToList();

        Assert.Equal(1.8, patients.Average(patient => patient.Count()), 0.1);
        foreach (var images in patients)
        {
            Assert.Equal(Enumerable.Range(1, images.Count()), images.Select(image => image.Number));
            Assert.Single(images.Select(image => image.Patient).Distinct());
            Assert.Equal(images.OrderBy(image => image.Taken), images);
            Assert.All(images, i => Assert.Equal(i.Patient.Severity, i.Severity, 0.17));
        }
    }

    [Fact]
    public void Create_LargeCohort_HasSomeLateralsBesideAFrontalImageAndSomeRectangles()
    {
        Assert.InRange(Share(image => image.Projection == Projection.Lateral), 0.04, 0.06);
        Assert.InRange(Share(image => image.Rectangle), 0.024, 0.036);
        Assert.DoesNotContain(Large, image => image.Rectangle && image.Projection == Projection.Lateral);
        Assert.All(
            Large.GroupBy(image => image.Patient.Index),
            images => Assert.NotEqual(Projection.Lateral, images.First().Projection)
        );
    }

    [Fact]
    public void Create_LargeCohort_DrawsEverythingButDiseaseWithoutRegardToTheClass()
    {
        var classes = Patients().ToLookup(patient => patient.Label);
        void Alike(string what, Func<PatientPlan, double> share) =>
            Assert.True(
                Math.Abs(classes[0].Average(share) - classes[1].Average(share)) < 0.045,
                $"{what}: {classes[0].Average(share):0.000} of the negatives, {classes[1].Average(share):0.000} of the positives."
            );

        foreach (var device in Enum.GetValues<Devices>().Where(device => device != Devices.None))
        {
            Assert.Contains(classes[0], patient => patient.Devices.HasFlag(device));
            Alike(device.ToString(), patient => patient.Devices.HasFlag(device) ? 1 : 0);
        }

        Alike("male", patient => patient.Sex == 'M' ? 1 : 0);
        Alike("age", patient => patient.Age / 100.0);
        var images = Large.ToLookup(image => image.Patient.Label);
        Assert.Equal(Rate(0, i => i.Projection == Projection.AP), Rate(1, i => i.Projection == Projection.AP), 0.03);
        Assert.Equal(Rate(0, i => i.Rectangle), Rate(1, i => i.Rectangle), 0.02);
        Assert.Equal(Rate(0, i => i.Number > 1), Rate(1, i => i.Number > 1), 0.03);

        double Rate(int label, Func<ImagePlan, bool> predicate) => images[label].Average(i => predicate(i) ? 1 : 0);
    }

    [Fact]
    public void Create_Negatives_HaveEveryOtherPathology()
    {
        var negatives = Patients().Where(patient => patient.Label == 0).ToList();

        foreach (var pathology in Enum.GetValues<Pathology>().Where(p => p != Pathology.Covid19))
        {
            Assert.InRange(negatives.Average(patient => patient.Pathology == pathology ? 1 : 0), 0.08, 0.45);
        }
    }

    [Fact]
    public void Create_SixteenHospitals_NamesThemAll()
    {
        var plan = CohortPlan.Create(new SynthesisOptions { Patients = 16, Hospitals = 16 });

        var names = plan.Select(image => image.Patient.Machine.Hospital).Distinct().ToList();
        Assert.Equal(["north", "south", "east", "west", "site-5"], names.Take(5));
        Assert.Equal("site-16", names[^1]);
    }

    private static IEnumerable<PatientPlan> Patients() => Large.Select(image => image.Patient).Distinct();

    private static double Share(Func<ImagePlan, bool> predicate) => Large.Average(image => predicate(image) ? 1 : 0);
}
