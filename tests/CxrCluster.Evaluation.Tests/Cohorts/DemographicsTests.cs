using CxrCluster.Evaluation.Cohorts;

namespace CxrCluster.Evaluation.Tests.Cohorts;

public sealed class DemographicsTests
{
    [Fact]
    public void Compute_Cohort_CountsPatientsOnceAndImagesEach()
    {
        Demographics who = Demographics.Compute([
            Facts("1", "a") with
            {
                Sex = "F",
                Age = "40",
                View = "AP",
            },
            Facts("2", "a") with
            {
                Sex = "F",
                Age = "41",
                View = "PA",
            },
            Facts("3", "b") with
            {
                Sex = "male",
                Age = "060Y",
                View = "AP",
            },
            Facts("4", "c") with
            {
                Sex = "?",
                Age = "old",
            },
        ]);

        Assert.Equal((4, 3), (who.Images, who.Patients));
        Assert.Equal((1, 1, 1), (who.Female, who.Male, who.SexUnknown));
        Assert.Equal(
            (50.0, 10.0, 50.0, 45.0, 55.0),
            (who.AgeMean, who.AgeSd, who.AgeMedian, who.AgeLower, who.AgeUpper)
        );
        Assert.Equal(1, who.AgeUnknown);
        Assert.Equal(["AP", "PA", "unknown"], who.Views.Keys);
        Assert.Equal([2, 1, 1], who.Views.Values);
    }

    [Fact]
    public void Compute_FirstImageWithoutSex_TakesTheNextOnes()
    {
        Demographics who = Demographics.Compute([Facts("1", "a"), Facts("2", "a") with { Sex = "m", Age = "5" }]);

        Assert.Equal((1, 0, 5.0), (who.Male, who.SexUnknown, who.AgeMean));
    }

    [Fact]
    public void Compute_Nothing_IsUndefined()
    {
        Demographics who = Demographics.Compute([]);

        Assert.Equal((0, 0), (who.Images, who.Patients));
        Assert.Null(who.AgeMean);
        Assert.Null(who.AgeMedian);
    }

    [Theory]
    [InlineData("63", 63.0)]
    [InlineData(" 63.5 ", 63.5)]
    [InlineData("063Y", 63.0)]
    [InlineData("018M", 1.5)]
    [InlineData("", null)]
    [InlineData("Y", null)]
    [InlineData(null, null)]
    [InlineData("-1", null)]
    [InlineData("999", null)]
    [InlineData("NaN", null)]
    public void Years_AsGiven_AreReadOrUnknown(string? age, double? years) =>
        Assert.Equal(years, (Facts("1", "a") with { Age = age }).Years);

    private static ImageFacts Facts(string image, string patient) => new(image, "north", patient, 1);
}
