using CxrCluster.Evaluation.Confounds;

namespace CxrCluster.Evaluation.Tests.Confounds;

public sealed class ConfoundReportTests
{
    [Fact]
    public void Compute_NothingOutsideTheLungs_DoesNotWarn()
    {
        ConfoundReport report = Compute(Images(leak: 0, sourceOf: (_, random) => random.Next(2)), maskedLeak: 0);

        Assert.Empty(report.Warnings);
        ProbeResult border = Find(report, "class", "border");
        Assert.InRange(border.Auc!.Value, 0.3, 0.65);
        Assert.InRange(border.Lower!.Value, 0, border.Auc.Value);
        Assert.InRange(border.Upper!.Value, border.Auc.Value, 1);
        Assert.False(report.Masked!.TellsWithoutLungs);
    }

    [Fact]
    public void Compute_ClassInTheBorder_Warns()
    {
        ConfoundReport report = Compute(Images(leak: 3, sourceOf: (_, random) => random.Next(2)), maskedLeak: 0);

        Assert.Equal("told", Find(report, "class", "border").Verdict);
        Assert.Contains("border alone", Assert.Single(report.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Compute_ClassifierThatNeedsNoLungs_Warns()
    {
        ConfoundReport report = Compute(Images(leak: 0, sourceOf: (_, random) => random.Next(2)), maskedLeak: 0.9);

        Assert.True(report.Masked!.TellsWithoutLungs);
        Assert.Contains("lungs masked out", Assert.Single(report.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Compute_EverySourceOfOneClass_WarnsThoughNoProbeCanTell()
    {
        ConfoundReport report = Compute(Images(leak: 0, sourceOf: (label, _) => label), maskedLeak: 0);

        ProbeResult source = Find(report, "source", "embedding");
        Assert.Null(source.Auc);
        Assert.Equal("undefined", source.Verdict);
        Assert.Equal("every source has images of one class only", source.Reason);
        Assert.Contains("one class only", Assert.Single(report.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Compute_EmbeddingHoldsOnlyTheClass_TellsNoSourceWithinAClass()
    {
        // Sources go with the class, so an embedding of the class alone tells them apart, but not within a class.
        ConfoundReport report = Compute(
            Images(leak: 0, sourceOf: (label, random) => random.NextDouble() < 0.8 ? label : 1 - label),
            maskedLeak: 0
        );

        Assert.Equal("told", Find(report, "class", "source").Verdict);
        Assert.InRange(Find(report, "source", "embedding").Auc!.Value, 0.3, 0.65);
    }

    [Fact]
    public void Compute_OneHospitalNoSourceNoPicture_SaysWhyNothingIsDefined()
    {
        ProbeImage[] images =
        [
            .. Samples.Of((1, 0.9), (0, 0.1), (1, 0.8), (0, 0.3)).Select(p => new ProbeImage(p, null, [1f], null)),
        ];

        ConfoundReport report = ConfoundReport.Compute(images, null, 1, TestContext.Current.CancellationToken);
        Assert.All(report.Probes, probe => Assert.NotNull(probe.Reason));
        Assert.Empty(report.Warnings);
        Assert.DoesNotContain(report.Probes, probe => probe.Target == "source");
    }

    [Fact]
    public void Compute_EqualInput_GivesEqualNumbers()
    {
        ProbeImage[] images = Images(1, (_, random) => random.Next(2));

        Assert.Equal(Compute(images, 0).Probes, Compute(images, 0).Probes);
    }

    private static ConfoundReport Compute(ProbeImage[] images, double maskedLeak)
    {
        var random = new Random(4);
        MaskedPicture[] pictures =
        [
            .. images.Select(image => new MaskedPicture(
                image.Prediction,
                image.Prediction.With(
                    0.5 + maskedLeak * (image.Prediction.Label - 0.5) + 0.1 * (random.NextDouble() - 0.5)
                ),
                0.4
            )),
        ];
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        return ConfoundReport.Compute(images, MaskedScore.Compute(pictures, 0, 1, cancellation), 1, cancellation);
    }

    private static ProbeImage[] Images(double leak, Func<int, Random, int> sourceOf)
    {
        var random = new Random(7);
        return
        [
            .. Samples
                .Cohort(240)
                .Select(p => new ProbeImage(
                    p,
                    $"s{sourceOf(p.Label, random)}",
                    [p.Label + 0.1f * random.NextSingle(), random.NextSingle()],
                    [random.NextDouble() + leak * p.Label, random.NextDouble(), random.NextDouble()]
                )),
        ];
    }

    private static ProbeResult Find(ConfoundReport report, string target, string from) =>
        report.Probes.Single(probe => probe.Target == target && probe.From == from);
}
