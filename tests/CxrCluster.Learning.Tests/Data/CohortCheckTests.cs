using CxrCluster.Learning.Data;
using CxrCluster.Learning.Tests.Training;
using CxrCluster.Learning.Training;

namespace CxrCluster.Learning.Tests.Data;

public sealed class CohortCheckTests
{
    [Fact]
    public void ThrowIfUnusable_OneClass_IsRefused()
    {
        var rows = Enumerable.Range(0, 20).Select(i => ToyData.Row(i, 2 * i)).ToList();

        var problem = Assert.Throws<InvalidTrainingDataException>(() => CohortCheck.ThrowIfUnusable(rows));

        Assert.Contains("All 20 images of the manifest have the label 0", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ThrowIfUnusable_NinePatients_IsRefusedAndTenAreNot()
    {
        var rows = Enumerable.Range(0, 20).Select(i => ToyData.Row(i, i / 2)).ToList();

        var problem = Assert.Throws<InvalidTrainingDataException>(() =>
            CohortCheck.ThrowIfUnusable([.. rows.Take(18)])
        );

        Assert.Contains("9 patients; at least 10", problem.Message, StringComparison.Ordinal);
        CohortCheck.ThrowIfUnusable(rows);
    }

    [Fact]
    public void Warnings_PatientIdInTwoHospitals_IsCountedAndNamed()
    {
        var rows = Enumerable.Range(0, 10).Select(i => ToyData.Row(i, i)).ToList();
        Assert.Empty(CohortCheck.Warnings(rows));

        rows.Add(rows[3] with { Image = "other.png", Hospital = "elsewhere" });

        var warning = Assert.Single(CohortCheck.Warnings(rows));
        Assert.StartsWith(
            "1 patient ids occur in more than one hospital (such as p3)",
            warning,
            StringComparison.Ordinal
        );
    }
}
